"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { keepDrafts } from "#components/ui/drafts.ts";

const loadDialog = () => import("#components/ui/dialog.tsx");
const Dialog = lazy(async () => ({ default: (await loadDialog()).Dialog }));

type IdleGuardProps = {
  /** How long the session lasts from now on without activity. */
  secondsLeft: number;
  /** The same for one person and no use for anything else: whose the drafts of this tab are. */
  keeper: string;
};

const WARNING_SECONDS = 60;
const TELL_EVERY_SECONDS = 30;
const ASK_AGAIN_SECONDS = 5;

/**
 * 45 CFR 164.312(a)(2)(iii), automatic logoff. The server ends the session; this warns a minute before, tells the server
 * of keys and clicks that fetch nothing, and leaves the page when the session has ended, with what was typed kept.
 */
export function IdleGuard({ secondsLeft, keeper }: IdleGuardProps) {
  const t = useTranslations("layout.idle");
  const [left, setLeft] = useState<number | null>(null);
  const [isFinal, setFinal] = useState(false);
  const [isWanted, setWanted] = useState(false);
  if (left !== null && !isWanted) setWanted(true);
  const watch = useRef<Watch | null>(null);
  // After the page stands, so that it is there when the warning is due, with or without a connection.
  useEffect(() => {
    loadDialog().catch(() => undefined);
  }, []);
  useEffect(() => {
    const watching = new Watch(secondsLeft, setLeft);
    watch.current = watching;
    return () => watching.stop();
  }, [secondsLeft]);
  async function stay() {
    const answered = await watch.current?.stay();
    setFinal(answered !== undefined && answered !== null && answered <= WARNING_SECONDS);
  }
  return (
    <>
      <span hidden data-keeper={keeper} />
      {isWanted && (
        <Suspense>
          <Dialog
            title={t("title")}
            description={isFinal ? t("over") : t("text")}
            closeLabel={t("stay")}
            open={left !== null}
            onOpenChange={(open) => {
              if (!open) stay();
            }}
          >
            <p className="mb-4 font-medium" aria-hidden="true">
              {t("left", { seconds: left ?? 0 })}
            </p>
            <div className="flex flex-wrap gap-2">
              {!isFinal && (
                <Button variant="primary" onClick={stay}>
                  {t("stay")}
                </Button>
              )}
              <Button onClick={() => watch.current?.leave()}>{t("leave")}</Button>
            </div>
          </Dialog>
        </Suspense>
      )}
    </>
  );
}

/** Follows one session. The server's word counts: another tab may have been busy, and a laptop may have slept. */
class Watch {
  private deadline: number;
  private toldAt = Date.now();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listening = new AbortController();
  private readonly show: (left: number | null) => void;
  private isWarning = false;

  constructor(secondsLeft: number, show: (left: number | null) => void) {
    this.deadline = Date.now() + secondsLeft * 1000;
    this.show = show;
    const options = { signal: this.listening.signal, passive: true, capture: true };
    for (const name of ["keydown", "pointerdown", "scroll"]) window.addEventListener(name, () => this.tell(), options);
    document.addEventListener("visibilitychange", () => this.wake(), options);
    this.wait();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.listening.abort();
  }

  /** The person is here. Null when nobody answered. */
  async stay(): Promise<number | null> {
    this.toldAt = Date.now();
    return this.ask("POST");
  }

  /** Signed out by their own wish, or because the time is over. */
  async leave(): Promise<void> {
    this.stop();
    keepDrafts();
    await fetch("/api/session", { method: "DELETE" }).catch(() => undefined);
    const here = `${window.location.pathname}${window.location.search}`;
    window.location.assign(`/sign-in?ended=idle&next=${encodeURIComponent(here)}`);
  }

  private tell(): void {
    if (this.isWarning || Date.now() - this.toldAt < TELL_EVERY_SECONDS * 1000) return;
    this.stay();
  }

  private wake(): void {
    if (document.visibilityState === "visible" && this.secondsLeft() <= WARNING_SECONDS) this.ask("GET");
  }

  private secondsLeft(): number {
    return Math.ceil((this.deadline - Date.now()) / 1000);
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (this.listening.signal.aborted) return;
    this.timer = setTimeout(() => this.ask("GET"), Math.max(0, this.secondsLeft() - WARNING_SECONDS) * 1000);
  }

  private async ask(method: "GET" | "POST"): Promise<number | null> {
    const answer = await askServer(method);
    if (this.listening.signal.aborted) return null;
    if (answer === "ended") {
      await this.leave();
      return null;
    }
    if (answer !== null) this.deadline = Date.now() + answer * 1000;
    this.isWarning = this.secondsLeft() <= WARNING_SECONDS;
    if (this.isWarning) this.count(0);
    else {
      this.show(null);
      this.wait();
    }
    return answer;
  }

  private count(seconds: number): void {
    clearTimeout(this.timer);
    this.show(Math.max(0, this.secondsLeft()));
    const askAgain = this.secondsLeft() <= 0 || seconds >= ASK_AGAIN_SECONDS;
    this.timer = setTimeout(() => (askAgain ? this.ask("GET") : this.count(seconds + 1)), 1000);
  }
}

// A server that is away for a moment is no answer; asking goes on.
async function askServer(method: "GET" | "POST"): Promise<number | "ended" | null> {
  try {
    const response = await fetch("/api/session", { method, cache: "no-store", redirect: "error" });
    if (response.status === 401) return "ended";
    return response.ok ? ((await response.json()) as { secondsLeft: number }).secondsLeft : null;
  } catch {
    return null;
  }
}
