import type { ComponentProps } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { Field, type FieldProps } from "./field.tsx";
import { controlStyle } from "./input.tsx";

type TextareaProps = ComponentProps<"textarea">;

export function Textarea({ className, rows = 4, ...rest }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn(controlStyle, "field-sizing-content min-h-24 read-only:bg-sunken", className)}
      {...rest}
    />
  );
}

type TextareaFieldProps = FieldProps &
  Omit<TextareaProps, keyof FieldProps | "id" | "defaultValue"> & {
    defaultValue?: string | undefined;
  };

/** Several lines of text with label, help and error; grows with what is typed. */
export function TextareaField({ name, label, labelNote, help, error, scope, hideLabel, ...rest }: TextareaFieldProps) {
  return (
    <Field {...{ name, label, labelNote, help, error, scope, hideLabel }}>
      {(control) => <Textarea {...rest} {...control} />}
    </Field>
  );
}
