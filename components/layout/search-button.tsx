"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useState } from "react";
import { buttonStyle } from "#components/ui/button-style.ts";
import type { Jump } from "./shortcut-keys.ts";

const SearchDialog = lazy(() => import("./search-dialog.tsx"));

type SearchButtonProps = { jumps: readonly Jump[]; home: string; answers: string };

/** Opens the search, as ⌘K and Ctrl+K do. */
export function SearchButton(props: SearchButtonProps) {
  const t = useTranslations("layout.find");
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  if (open && !wanted) setWanted(true);
  useEffect(() => {
    const listening = new AbortController();
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen(true);
    }
    document.addEventListener("keydown", onKeyDown, { signal: listening.signal });
    return () => listening.abort();
  }, []);
  return (
    <>
      <button
        type="button"
        className={buttonStyle({ variant: "quiet", size: "small" })}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => setOpen(true)}
      >
        <Search aria-hidden="true" />
        {t("open")}
        <span className="hidden text-muted text-xs lg:inline" aria-hidden="true">
          {t("key")}
        </span>
      </button>
      {wanted && (
        <Suspense>
          <SearchDialog {...props} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
