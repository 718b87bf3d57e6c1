"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { type Jump, readShortcut, type Shortcut } from "./shortcut-keys.ts";
import { ShortcutList } from "./shortcut-list.tsx";

const setting = "wardbook-shortcuts";
const changed = "wardbook-shortcuts-changed";

/** `/` to the search box, `?` for the list, `g` and a letter to a page. Silent while somebody types. */
export function KeyboardShortcuts({ jumps }: { jumps: readonly Jump[] }) {
  const t = useTranslations("layout.shortcuts");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const enabled = useSyncExternalStore(subscribe, isEnabled, () => true);

  useEffect(() => {
    const listening = new AbortController();
    let awaitingJumpUntil = 0;
    function act(shortcut: Shortcut) {
      if (shortcut.kind === "help") setOpen(true);
      if (shortcut.kind === "search") focusSearch();
      if (shortcut.kind === "jump") router.push(shortcut.href);
    }
    function onKeyDown(event: KeyboardEvent) {
      const shortcut = readShortcut(event, { jumps, enabled, afterGo: event.timeStamp < awaitingJumpUntil });
      awaitingJumpUntil = shortcut?.kind === "go" ? event.timeStamp + 1500 : 0;
      if (!shortcut) return;
      event.preventDefault();
      act(shortcut);
    }
    document.addEventListener("keydown", onKeyDown, { signal: listening.signal });
    return () => listening.abort();
  }, [jumps, enabled, router]);

  return (
    <Dialog title={t("title")} closeLabel={t("close")} open={open} onOpenChange={setOpen}>
      <ShortcutList jumps={jumps} />
      {/* WCAG 2.1.4: speech input types letters, so single-key shortcuts must be possible to turn off. */}
      <label className="mt-4 flex items-center gap-2.5 text-sm">
        <input
          type="checkbox"
          className="size-5 accent-accent"
          checked={enabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
        {t("enabled")}
      </label>
    </Dialog>
  );
}

function focusSearch() {
  const box = document.querySelector<HTMLInputElement>("main input[type=search], input[type=search]");
  box?.focus();
  box?.select();
}

function subscribe(onChange: () => void) {
  window.addEventListener(changed, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(changed, onChange);
    window.removeEventListener("storage", onChange);
  };
}

function isEnabled() {
  return window.localStorage.getItem(setting) !== "off";
}

function setEnabled(enabled: boolean) {
  window.localStorage.setItem(setting, enabled ? "on" : "off");
  window.dispatchEvent(new Event(changed));
}
