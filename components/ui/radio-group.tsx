import { type Choice, ChoiceGroup } from "./choice-group.tsx";
import type { FieldProps } from "./field.tsx";

type RadioGroupProps = Omit<FieldProps, "hideLabel"> & {
  choices: readonly Choice[];
  defaultValue?: string | undefined;
  /** Side by side, for two or three short answers. */
  inline?: boolean | undefined;
};

/** One of a few. Nothing is chosen beforehand unless `defaultValue` says so. */
export function RadioGroup({ defaultValue, ...rest }: RadioGroupProps) {
  return <ChoiceGroup type="radio" selected={defaultValue === undefined ? [] : [defaultValue]} {...rest} />;
}
