import type { ComponentProps } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { Field, type FieldProps } from "./field.tsx";
import { controlStyle } from "./input.tsx";

export type Option = { value: string; label: string; disabled?: boolean | undefined };
export type OptionGroup = { label: string; options: readonly Option[]; className?: string | undefined };

type SelectProps = Omit<ComponentProps<"select">, "children" | "defaultValue"> & {
  options: readonly (Option | OptionGroup)[];
  /** The first, empty choice: "Choose a role". Without one the first option is chosen already. */
  placeholder?: string | undefined;
  defaultValue?: string | undefined;
};

/** The browser's own select: works everywhere, best on a phone. */
export function Select({ options, placeholder, className, defaultValue, ...rest }: SelectProps) {
  return (
    <select
      // React puts a form back to its defaults after an action, and keeps a select's first default; a new key takes the new one.
      key={defaultValue ?? ""}
      defaultValue={defaultValue}
      className={cn(controlStyle, "min-h-9 pr-8 pointer-coarse:min-h-11", className)}
      {...rest}
    >
      {placeholder !== undefined && <option value="">{placeholder}</option>}
      {options.map((entry) =>
        "options" in entry ? (
          <optgroup key={entry.label} label={entry.label} className={entry.className}>
            {entry.options.map(renderOption)}
          </optgroup>
        ) : (
          renderOption(entry)
        ),
      )}
    </select>
  );
}

function renderOption(option: Option) {
  return (
    <option key={option.value} value={option.value} disabled={option.disabled}>
      {option.label}
    </option>
  );
}

type SelectFieldProps = FieldProps & Omit<SelectProps, keyof FieldProps | "id">;

export function SelectField({ name, label, labelNote, help, error, scope, hideLabel, ...rest }: SelectFieldProps) {
  return (
    <Field {...{ name, label, labelNote, help, error, scope, hideLabel }}>
      {(control) => <Select {...rest} {...control} />}
    </Field>
  );
}
