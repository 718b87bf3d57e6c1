import { LoaderCircle } from "lucide-react";
import { VisuallyHidden } from "./visually-hidden.tsx";

/** Something is under way. With a label it is announced; without one the words stand beside it. */
export function Spinner({ label }: { label?: string | undefined }) {
  return (
    <span className="inline-flex items-center" role={label ? "status" : undefined}>
      <LoaderCircle className="size-4 animate-spin" aria-hidden="true" />
      {label && <VisuallyHidden>{label}</VisuallyHidden>}
    </span>
  );
}
