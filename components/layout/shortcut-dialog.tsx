"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Jump } from "./shortcut-keys.ts";
import { ShortcutList } from "./shortcut-list.tsx";

type ShortcutDialogProps = {
  jumps: readonly Jump[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  enabled: boolean;
  onEnabledChange: (enabled: boolean) => void;
};

/** The list of shortcuts, and the switch that turns them off. */
export default function ShortcutDialog({ jumps, open, onOpenChange, enabled, onEnabledChange }: ShortcutDialogProps) {
  const t = useTranslations("layout.shortcuts");
  return (
    <Dialog title={t("title")} closeLabel={t("close")} open={open} onOpenChange={onOpenChange}>
      <ShortcutList jumps={jumps} />
      {/* WCAG 2.1.4: speech input types letters, so single-key shortcuts must be possible to turn off. */}
      <label className="mt-4 flex items-center gap-2.5 text-sm">
        <input
          type="checkbox"
          className="size-5 accent-accent"
          checked={enabled}
          onChange={(event) => onEnabledChange(event.target.checked)}
        />
        {t("enabled")}
      </label>
    </Dialog>
  );
}
