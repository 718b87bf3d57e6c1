import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { type Choice, ChoiceBox, ChoiceGroup } from "./choice-group.tsx";
import { controlProps, FieldError, type FieldProps } from "./field.tsx";

type CheckboxProps = {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  scope?: string | undefined;
  /** What is sent when ticked. */
  value?: string | undefined;
  /** The value that was sent or is stored; ticked when it equals `value`. */
  defaultValue?: string | undefined;
};

/** One statement to agree to, or one thing to switch on. */
export function Checkbox({ label, help, value = "yes", defaultValue, ...field }: CheckboxProps) {
  const control = controlProps(field);
  return (
    <div className={cn(field.error && "border-critical border-l-4 pl-3")}>
      <FieldError id={control.id} error={field.error} />
      <ChoiceBox
        type="checkbox"
        choice={{ value, label, help }}
        name={field.name}
        id={control.id}
        checked={defaultValue === value}
        invalid={control["aria-invalid"]}
        describedBy={control["aria-describedby"]}
      />
    </div>
  );
}

type CheckboxGroupProps = Omit<FieldProps, "hideLabel"> & {
  choices: readonly Choice[];
  defaultValues?: readonly string[] | undefined;
  inline?: boolean | undefined;
};

/** Any of a few; `FormData.getAll(name)` gives the ticked ones. */
export function CheckboxGroup({ defaultValues = [], ...rest }: CheckboxGroupProps) {
  return <ChoiceGroup type="checkbox" selected={defaultValues} {...rest} />;
}
