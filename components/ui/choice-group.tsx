import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { controlProps, FieldError, FieldHelp, FieldLabel, type FieldProps } from "./field.tsx";

export type Choice = { value: string; label: ReactNode; help?: ReactNode; disabled?: boolean | undefined };

type ChoiceGroupProps = Omit<FieldProps, "hideLabel"> & {
  type: "radio" | "checkbox";
  choices: readonly Choice[];
  selected: readonly string[];
  inline?: boolean | undefined;
};

/** What radios and checkboxes that share a name have in common: one question, one error, one help. */
export function ChoiceGroup({ type, choices, selected, inline, ...field }: ChoiceGroupProps) {
  const control = controlProps(field);
  return (
    <fieldset
      aria-describedby={control["aria-describedby"]}
      className={cn(field.error && "border-critical border-l-4 pl-3")}
    >
      <legend className="mb-1 font-medium text-sm">
        <FieldLabel id={control.id}>{field.label}</FieldLabel>
        {field.labelNote && <span className="font-normal text-muted"> {field.labelNote}</span>}
      </legend>
      <FieldError id={control.id} error={field.error} />
      <div className={cn("flex gap-x-5 gap-y-1", inline ? "flex-wrap" : "flex-col")}>
        {choices.map((choice, index) => (
          <ChoiceBox
            key={choice.value}
            type={type}
            choice={choice}
            name={field.name}
            // The summary's link lands on the first choice.
            id={index === 0 ? control.id : `${control.id}-${index}`}
            checked={selected.includes(choice.value)}
            invalid={control["aria-invalid"]}
          />
        ))}
      </div>
      <FieldHelp id={control.id} help={field.help} />
    </fieldset>
  );
}

type ChoiceBoxProps = {
  type: "radio" | "checkbox";
  choice: Choice;
  name: string;
  id: string;
  checked: boolean;
  invalid?: true | undefined;
  describedBy?: string | undefined;
};

export function ChoiceBox({ type, choice, name, id, checked, invalid, describedBy }: ChoiceBoxProps) {
  const helpId = choice.help ? `${id}-choice-help` : undefined;
  return (
    <div className="flex items-start gap-2.5 py-1 pointer-coarse:py-2">
      <input
        id={id}
        type={type}
        name={name}
        value={choice.value}
        defaultChecked={checked}
        disabled={choice.disabled}
        aria-invalid={type === "checkbox" ? invalid : undefined}
        aria-describedby={[describedBy, helpId].filter(Boolean).join(" ") || undefined}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <div>
        <label htmlFor={id} className={cn("block", choice.disabled && "text-muted")}>
          {choice.label}
        </label>
        {choice.help && (
          <div id={helpId} className="text-muted text-sm">
            {choice.help}
          </div>
        )}
      </div>
    </div>
  );
}
