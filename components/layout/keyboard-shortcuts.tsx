"use client";

import { useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { type Jump, readShortcut, type Shortcut } from "./shortcut-keys.ts";

const ShortcutDialog = lazy(() => import("./shortcut-dialog.tsx"));

const setting = "wardbook-shortcuts";
const changed = "wardbook-shortcuts-changed";

/** `/` to the search box, `?` for the list, `g` and a letter to a page. Silent while somebody types. */
export function KeyboardShortcuts({ jumps }: { jumps: readonly Jump[] }) {
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

  // What opens it is rare, and it weighs more than all the rest of the menu together.
  const [wanted, setWanted] = useState(false);
  if (open && !wanted) setWanted(true);
  if (!wanted) return null;
  return (
    <Suspense>
      <ShortcutDialog jumps={jumps} open={open} onOpenChange={setOpen} enabled={enabled} onEnabledChange={setEnabled} />
    </Suspense>
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
