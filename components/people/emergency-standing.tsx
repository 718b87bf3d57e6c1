"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { onRefused } from "#components/layout/refusals.ts";
import { Callout } from "#components/ui/callout.tsx";
import type { EmergencyStatusAnswer } from "#lib/domain/clinic/emergency-access/schema.ts";

const EVERY_MS = 15_000;

type EmergencyStandingProps = {
  statusPath: string;
  secondsLeft: number;
  title: string;
  /** The title, and what follows from it, once it is over and the page can't be fetched anew. */
  overTitle: string;
  overText?: string | undefined;
  actions: ReactNode;
  children: ReactNode;
};

/**
 * Emergency access that is open, until its time is over, or whoever comes back to the tab or has a form refused there
 * finds it ended. Then the page is fetched anew, as their own role shows it; not over something that is typed there and
 * not saved.
 */
export function EmergencyStanding({
  statusPath,
  secondsLeft,
  title,
  overTitle,
  overText,
  actions,
  children,
}: EmergencyStandingProps) {
  const t = useTranslations("emergency-access.banner");
  const router = useRouter();
  const path = usePathname();
  const overOn = useRef<string | null>(null);
  const [left, setLeft] = useState(secondsLeft);
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const endsAt = Date.now() + secondsLeft * 1000;
    const watching = new AbortController();
    const { signal } = watching;
    const ticking = setInterval(() => setLeft(secondsUntil(endsAt)), EVERY_MS);
    const ending = setTimeout(end, secondsLeft * 1000);
    signal.addEventListener("abort", () => {
      clearInterval(ticking);
      clearTimeout(ending);
    });
    function end() {
      watching.abort();
      setIsOver(true);
      if (document.querySelector("form[data-dirty]") === null) router.refresh();
    }
    // A tab that comes back is seen and has the focus: two events, one question.
    let isLooking = false;
    async function look() {
      if (isLooking || document.visibilityState !== "visible") return;
      isLooking = true;
      const open = await isOpen(statusPath);
      isLooking = false;
      if (!open && !signal.aborted) end();
    }
    document.addEventListener("visibilitychange", look, { signal });
    window.addEventListener("focus", look, { signal });
    onRefused(look, signal);
    return () => watching.abort();
  }, [statusPath, secondsLeft, router]);
  useEffect(() => {
    if (!isOver) return;
    if (overOn.current !== null && overOn.current !== path) router.refresh();
    overOn.current = path;
  }, [isOver, path, router]);
  if (isOver) {
    return (
      <Callout tone="neutral" title={overTitle} role="status">
        {overText}
      </Callout>
    );
  }
  return (
    <Callout tone="critical" title={title} actions={actions}>
      {t("left", { minutes: Math.floor(left / 60) })} {children}
    </Callout>
  );
}

// What stands there stays where nobody knows: offline, signed out, or signed in by what doesn't open this clinic.
async function isOpen(statusPath: string): Promise<boolean> {
  try {
    const response = await fetch(statusPath, { cache: "no-store", redirect: "error" });
    return !response.ok || ((await response.json()) as EmergencyStatusAnswer).open;
  } catch {
    return true;
  }
}

function secondsUntil(moment: number): number {
  return Math.max(0, Math.ceil((moment - Date.now()) / 1000));
}
