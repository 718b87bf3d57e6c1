import { cn } from "#lib/kernel/cn.ts";

/** Holds the place of what is on its way. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-md bg-hover", className)} />;
}
