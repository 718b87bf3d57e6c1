import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { UpdatedField } from "#lib/domain/tools/updates/schema.ts";

export type ComparedField = {
  readonly field: UpdatedField;
  readonly ours: ReactNode;
  readonly theirs: ReactNode;
  /** The clinic kept its own here the last time. */
  readonly keptBefore: boolean;
};

/** What stands above the two sides: whose they are, and of which day. */
export type ComparedHeads = { readonly ours: string; readonly theirs: string };

type FieldBoxProps = { compared: ComparedField; heads: ComparedHeads; children?: ReactNode };

/** One field as the register and as the catalogue have it, side by side. */
export function ComparedFieldBox({ compared, heads, children }: FieldBoxProps) {
  const t = useTranslations("updates.field");
  const { field, ours, theirs } = compared;
  return (
    <section aria-labelledby={`update-${field}`} className="space-y-3 rounded-md border p-4">
      <h3 id={`update-${field}`} className="font-semibold">
        {t(field)}
      </h3>
      <TwoSides heads={heads} ours={ours} theirs={theirs} />
      {children}
    </section>
  );
}

type TwoSidesProps = { heads: ComparedHeads; ours: ReactNode; theirs: ReactNode };

export function TwoSides({ heads, ours, theirs }: TwoSidesProps) {
  return (
    <div className="grid gap-4 text-sm sm:grid-cols-2">
      <Side head={heads.ours}>{ours}</Side>
      <Side head={heads.theirs}>{theirs}</Side>
    </div>
  );
}

function Side({ head, children }: { head: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="text-muted">{head}</p>
      <div className="mt-0.5 break-words">{children}</div>
    </div>
  );
}
