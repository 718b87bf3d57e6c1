import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";

const LIST_ROWS = ["one", "two", "three", "four", "five", "six", "seven", "eight"];

/** In place of a list until it is there: title, search, rows. */
export function LoadingList() {
  return (
    <Loading>
      <Skeleton className="h-10 w-full max-w-sm" />
      <div className="space-y-px">
        {LIST_ROWS.map((row) => (
          <Skeleton key={row} className="h-12" />
        ))}
      </div>
    </Loading>
  );
}

/** In place of the first page until it is there: what waits, and what stands beside it. */
export function LoadingToday() {
  return (
    <Loading>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="space-y-6">
          <Skeleton className="h-32" />
          <Skeleton className="h-56" />
        </div>
        <Skeleton className="h-72" />
      </div>
    </Loading>
  );
}

function Loading({ children }: { children: ReactNode }) {
  const t = useTranslations("layout");
  return (
    <div className="space-y-6">
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <Skeleton className="h-9 w-56" />
      {children}
    </div>
  );
}
