"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** The navigation on a phone: folded away, open without JavaScript too, closed again on the next page. */
export function PhoneMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details key={usePathname()} className="group lg:hidden print:hidden">
      <summary className="flex min-h-11 list-none items-center gap-2 px-4 font-medium text-sm [&::-webkit-details-marker]:hidden">
        <Menu className="size-5" aria-hidden="true" />
        {label}
      </summary>
      <div className="border-t px-2 py-3">{children}</div>
    </details>
  );
}
