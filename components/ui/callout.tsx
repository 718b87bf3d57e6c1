import type { ReactNode } from "react";
import { cn } from "#lib/kernel/cn.ts";
import { type Tone, toneIcon, toneStyle } from "./tone.ts";

type CalloutProps = {
  tone?: Tone | undefined;
  title?: ReactNode;
  actions?: ReactNode;
  /** Announced when it appears: "status" politely, "alert" at once. */
  role?: "status" | "alert" | undefined;
  children?: ReactNode;
};

/** Something to know before reading on. */
export function Callout({ tone = "limited", title, actions, role, children }: CalloutProps) {
  const Icon = toneIcon[tone];
  return (
    <div role={role} data-tone={tone} className={cn("flex gap-3 rounded-md border px-4 py-3", toneStyle[tone])}>
      <Icon className="mt-0.5 size-5 shrink-0" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink text-sm">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
