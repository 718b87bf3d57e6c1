"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { isOffline, ONLINE_AT_FIRST, watchConnection } from "./connection.ts";

// A form of ours says beside its button that nothing was sent.
const SAYS_ITSELF = "form[data-says-offline]";

/** Says that the connection is gone, and keeps the page with what is typed in it until it is back. */
export function OfflineBar() {
  const t = useTranslations("layout.offline");
  const offline = useSyncExternalStore(watchConnection, isOffline, ONLINE_AT_FIRST);
  const bar = useRef<HTMLParagraphElement>(null);
  const [hasHeld, setHasHeld] = useState(false);
  useEffect(() => {
    if (!offline) return;
    setHasHeld(false);
    return keepPage(() => {
      setHasHeld(true);
      bar.current?.focus();
    });
  }, [offline]);
  useEffect(showOwnPageOffline, []);
  return (
    <div role="status" className="sticky top-0 z-20 lg:top-13 print:hidden">
      {offline && (
        <p
          ref={bar}
          tabIndex={-1}
          data-tone="caution"
          className="mb-4 rounded-md border border-caution-line bg-caution-soft px-4 py-2 text-caution text-sm"
        >
          <strong className="font-semibold">{t("title")}</strong> {hasHeld && <>{t("held")} </>}
          {t("text")}
        </p>
      )}
    </div>
  );
}

// Of clinics' pages alone: how people sign in and fetch files doesn't pass through it. Where a browser has no workers, or
// refuses them (without HTTPS, in a private window), it shows its own page.
function showOwnPageOffline(): void {
  if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("/offline-worker.js", { scope: "/c/" }).catch(() => undefined);
}

// Sending or leaving would put the browser's own error page in place of this one.
function keepPage(onHeld: () => void): () => void {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  document.addEventListener("submit", holdForm, options);
  document.addEventListener("click", hold, options);
  function holdForm(event: SubmitEvent) {
    event.preventDefault();
    if (event.target instanceof Element && event.target.matches(SAYS_ITSELF)) return;
    // A search that leads to its answer doesn't ask whether it was held.
    event.stopPropagation();
    onHeld();
  }
  function hold(event: MouseEvent) {
    if (!leadsAway(event)) return;
    event.preventDefault();
    onHeld();
  }
  return () => listening.abort();
}

function leadsAway({ target }: MouseEvent): boolean {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  return link !== null && !link.getAttribute("href")?.startsWith("#");
}
