import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { fieldId } from "./form-state.ts";

export type FieldProps = {
  name: string;
  label: ReactNode;
  /** After the label in muted text: "(optional)". */
  labelNote?: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  /** Told apart from another form on the page that has a field of the same name. */
  scope?: string | undefined;
  /** The label is read aloud only; for a search box whose purpose is plain to see. */
  hideLabel?: boolean | undefined;
};

export type ControlProps = {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** Label above, error beside, help below one control; the control gets its ids from here. */
export function Field({ children, ...field }: FieldProps & { children: (control: ControlProps) => ReactNode }) {
  const id = fieldId(field.name, field.scope);
  return (
    <div className={cn(field.error && "border-critical border-l-4 pl-3")}>
      <label htmlFor={id} className={field.hideLabel ? "sr-only" : "mb-1 block font-medium text-sm"}>
        <FieldLabel id={id}>{field.label}</FieldLabel>
        {field.labelNote && <span className="font-normal text-muted"> {field.labelNote}</span>}
      </label>
      <FieldError id={id} error={field.error} />
      {children(controlProps(field))}
      <FieldHelp id={id} help={field.help} />
    </div>
  );
}

/** The words of a label without the note after it; where they stand is marked, so that a summary can say them again. */
export function FieldLabel({ id, children }: { id: string; children: ReactNode }) {
  return <span data-label-of={id}>{children}</span>;
}

/** A field's label as the page shows it, with what leads on from it to an error: "Vendor:". Empty for a field that isn't shown. */
export function fieldLabelOf(id: string): string {
  const label = document.querySelector(`[data-label-of="${CSS.escape(id)}"]`)?.textContent.trim() ?? "";
  return label === "" || /[?:.!]$/.test(label) ? label : `${label}:`;
}

export function controlProps(field: Pick<FieldProps, "name" | "scope" | "help" | "error">): ControlProps {
  const id = fieldId(field.name, field.scope);
  const describedBy = [field.error && `${id}-error`, field.help && `${id}-help`].filter(Boolean).join(" ");
  return {
    id,
    name: field.name,
    "aria-describedby": describedBy || undefined,
    "aria-invalid": field.error ? true : undefined,
  };
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p id={`${id}-error`} className="mb-1.5 flex items-start gap-1.5 font-medium text-critical text-sm">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
      {error}
    </p>
  );
}

export function FieldHelp({ id, help }: { id: string; help: ReactNode }) {
  if (!help) return null;
  return (
    <div id={`${id}-help`} className="mt-1 text-muted text-sm">
      {help}
    </div>
  );
}
