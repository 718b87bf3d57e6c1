import type { ComponentProps } from "react";
import { cn } from "#lib/kernel/cn.ts";

// 16 px at least: smaller text makes a phone zoom in on focus.
export const controlStyle = cn(
  "block w-full rounded-md border border-line-strong bg-surface px-3 py-1 text-base text-ink placeholder:text-muted",
  "aria-invalid:border-critical aria-invalid:outline-1 aria-invalid:outline-critical",
  "disabled:cursor-not-allowed disabled:bg-sunken disabled:text-muted",
);

export type InputProps = Omit<ComponentProps<"input">, "type"> & {
  type?: "text" | "email" | "password" | "search" | "tel" | "url" | "number" | "date" | "time" | "datetime-local";
};

export function Input({ className, type = "text", ...rest }: InputProps) {
  return (
    <input
      type={type}
      className={cn(controlStyle, "min-h-9 pointer-coarse:min-h-11 read-only:bg-sunken", className)}
      {...rest}
    />
  );
}
