import { cn } from "#lib/kernel/cn.ts";
import { VisuallyHidden } from "./visually-hidden.tsx";

type SkeletonProps = { className?: string | undefined };

/** Keeps the place of what is still coming. Give it the height of what it stands for. */
export function Skeleton({ className }: SkeletonProps) {
  return <div aria-hidden="true" className={cn("h-4 animate-pulse rounded-sm bg-hover", className)} />;
}

/** A list that is still coming, with as many rows as it usually has. */
export function SkeletonRows({ label, rows = 8 }: { label: string; rows?: number | undefined }) {
  return (
    <div role="status" className="divide-y border-y">
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex gap-4 py-3">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-1/6" />
          <Skeleton className="w-1/4" />
        </div>
      ))}
    </div>
  );
}
