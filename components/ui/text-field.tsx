import { Field, type FieldProps } from "./field.tsx";
import { Input, type InputProps } from "./input.tsx";

type TextFieldProps = FieldProps &
  Omit<InputProps, keyof FieldProps | "id" | "defaultValue"> & {
    defaultValue?: string | undefined;
  };

/** One line of text with its label, help and error. */
export function TextField({ name, label, labelNote, help, error, scope, hideLabel, ...input }: TextFieldProps) {
  return (
    <Field {...{ name, label, labelNote, help, error, scope, hideLabel }}>
      {(control) => <Input {...input} {...control} />}
    </Field>
  );
}
