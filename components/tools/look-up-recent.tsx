"use client";

import Link from "next/link";
import { useEffect, useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import { addRecent, type Recent, readRecent } from "./recent-look-ups.ts";

type LookUpRecentProps = {
  memberId: string;
  /** The tool that this page has answered. */
  answered: Recent | null;
  path: string;
  labels: { readonly title: string; readonly none: string; readonly forget: string };
};

const changed = "wardbook-look-ups-changed";

/** The last tools that were answered in this browser, for this person. One line high whatever it holds. */
export function LookUpRecent({ memberId, answered, path, labels }: LookUpRecentProps) {
  const key = `wardbook-look-ups-${memberId}`;
  const kept = useSyncExternalStore(
    subscribe,
    () => stored(key),
    () => null,
  );
  const recent = readRecent(kept);
  const { id, name } = answered ?? {};
  useEffect(() => {
    if (id !== undefined && name !== undefined) store(key, addRecent(stored(key), { id, name }));
  }, [key, id, name]);
  return (
    <section aria-labelledby="recent">
      <div className="flex min-h-7 items-center justify-between gap-4 pointer-coarse:min-h-9">
        <h2 id="recent" className="font-medium text-sm">
          {labels.title}
        </h2>
        {recent.length > 0 && (
          <Button variant="quiet" size="small" onClick={() => store(key, null)}>
            {labels.forget}
          </Button>
        )}
      </div>
      {recent.length === 0 ? (
        <p className="flex h-11 items-center text-muted text-sm pointer-coarse:h-14">{labels.none}</p>
      ) : (
        <ul className="flex h-11 items-center gap-2 overflow-x-auto px-1 pointer-coarse:h-14">
          {recent.map((tool) => (
            <li key={tool.id} className="shrink-0">
              <Link
                prefetch={false}
                href={`${path}?tool=${tool.id}`}
                className="inline-flex min-h-8 max-w-72 items-center rounded-full border border-line-strong/50 px-3 text-sm hover:bg-hover pointer-coarse:min-h-11"
              >
                <span className="truncate">{tool.name}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function subscribe(onChange: () => void) {
  window.addEventListener(changed, onChange);
  window.addEventListener("storage", onChange);
  return () => {
    window.removeEventListener(changed, onChange);
    window.removeEventListener("storage", onChange);
  };
}

// A browser may keep nothing at all, and says so by throwing.
function stored(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string | null) {
  try {
    if (value === null) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, value);
  } catch {
    return;
  }
  window.dispatchEvent(new Event(changed));
}
