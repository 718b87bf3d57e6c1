"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import Link from "next/link";
import { type ReactElement, type ReactNode, useRef } from "react";

export type MenuEntry =
  | { key: string; label: ReactNode; href: string }
  | { key: string; label: ReactNode; onSelect: () => void; danger?: boolean | undefined };

type MenuProps = {
  /** The `<Button>` that opens it; its text is the menu's name. */
  trigger: ReactElement<Record<string, unknown>>;
  entries: readonly MenuEntry[];
};

const entryStyle =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2.5 py-1 text-sm outline-none data-highlighted:bg-hover pointer-coarse:min-h-11";

/** Actions or pages behind one button. */
export function Menu({ trigger, entries }: MenuProps) {
  // Kept beside its button: at the end of the body the menu would lie outside every landmark.
  const place = useRef<HTMLSpanElement>(null);
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <span ref={place} className="contents" />
      <BaseMenu.Portal container={place}>
        <BaseMenu.Positioner positionMethod="fixed" sideOffset={4} align="end" className="z-50 outline-none">
          <BaseMenu.Popup className="min-w-44 rounded-md border border-line-strong/50 bg-raised p-1 outline-none">
            {entries.map((entry) =>
              "href" in entry ? (
                <BaseMenu.LinkItem
                  key={entry.key}
                  closeOnClick
                  render={<Link prefetch={false} href={entry.href} />}
                  className={entryStyle}
                >
                  {entry.label}
                </BaseMenu.LinkItem>
              ) : (
                <BaseMenu.Item
                  key={entry.key}
                  onClick={entry.onSelect}
                  className={entry.danger ? `${entryStyle} text-critical` : entryStyle}
                >
                  {entry.label}
                </BaseMenu.Item>
              ),
            )}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}
