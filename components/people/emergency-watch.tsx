"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

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
