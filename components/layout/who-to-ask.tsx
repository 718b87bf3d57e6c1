"use client";

import { useFormatter } from "next-intl";
import { createContext, type ReactNode, useContext } from "react";
import type { Role } from "#lib/domain/context.ts";

type Leader = { readonly name: string; readonly role: Role };

const Leaders = createContext<readonly Leader[]>([]);

/** Around a clinic's pages: whom a page that is not for somebody's role names. */
export function WhoToAsk({ leaders, children }: { leaders: readonly Leader[]; children: ReactNode }) {
  return <Leaders value={leaders}>{children}</Leaders>;
}

type LeadersNamedProps = {
  /** The roles that may open the page. */
  roles: readonly Role[];
  /** What stands before the names. */
  label: string;
};

/** Those of the clinic's owners and privacy officers who have one of these roles, by name. */
export function LeadersNamed({ roles, label }: LeadersNamedProps) {
  const format = useFormatter();
  const names = useContext(Leaders).flatMap(({ name, role }) => (roles.includes(role) ? [name] : []));
  if (names.length === 0) return null;
  return (
    <p className="mt-3 wrap-anywhere">
      {label} {format.list(names, { type: "disjunction" })}.
    </p>
  );
}
