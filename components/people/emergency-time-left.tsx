"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";

const EVERY_SECONDS = 15;

/** How long emergency access is open still; the page is fetched anew as soon as it is over. */
export function EmergencyTimeLeft({ secondsLeft }: { secondsLeft: number }) {
  const t = useTranslations("emergency-access.banner");
  const router = useRouter();
  const [left, setLeft] = useState(secondsLeft);
  useEffect(() => {
    const over = Date.now() + secondsLeft * 1000;
    const ticking = setInterval(() => {
      const now = Math.ceil((over - Date.now()) / 1000);
      setLeft(Math.max(0, now));
      if (now > 0) return;
      clearInterval(ticking);
      router.refresh();
    }, EVERY_SECONDS * 1000);
    return () => clearInterval(ticking);
  }, [secondsLeft, router]);
  return <span>{t("left", { minutes: Math.floor(left / 60) })}</span>;
}

const LOOK_AGAIN_SECONDS = 60;

/**
 * What stands around the pages stays as it was while somebody goes from one to the next. Officers see what others opened
 * meanwhile: with the next page they open, at most once a minute.
 */
export function EmergencyWatch() {
  const path = usePathname();
  const router = useRouter();
  const looked = useRef({ path, at: 0 });
  useEffect(() => {
    const { at, path: before } = looked.current;
    const now = Date.now();
    if (at === 0) looked.current = { path, at: now };
    if (at === 0 || path === before) return;
    const isDue = now - at >= LOOK_AGAIN_SECONDS * 1000;
    looked.current = { path, at: isDue ? now : at };
    if (isDue) router.refresh();
  }, [path, router]);
  return null;
}
