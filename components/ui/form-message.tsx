import type { ReactNode } from "react";
import { Callout } from "./callout.tsx";

/** What a form did, where the page stays. What it refused goes into the error summary. */
export function FormMessage({ children }: { children?: ReactNode }) {
  if (!children) return null;
  return <Callout tone="positive" role="status" title={children} />;
}
