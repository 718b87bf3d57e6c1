"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Progress } from "#components/ui/progress.tsx";
import { PACK_STEPS, type PackProgressAnswer } from "#lib/domain/evidence/schema.ts";

type PackProgressProps = {
  /** Where the page asks how far the pack is. */
  statusPath: string;
  /** This page, for browsers without scripts. */
  pagePath: string;
  initial: PackProgressAnswer["progress"];
};

const everyMilliseconds = 1000;

/** How far a pack is, asked for again every second until it is there. */
export function PackProgress({ statusPath, pagePath, initial }: PackProgressProps) {
  const t = useTranslations("evidence");
  const router = useRouter();
  const [progress, setProgress] = useState(initial);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    async function ask() {
      const answer = await fetchAnswer(statusPath, leaving.signal);
      if (leaving.signal.aborted) return;
      setLost(answer === null);
      if (answer !== null) setProgress(answer.progress);
      if (answer !== null && answer.status !== "requested") router.refresh();
      else timer = setTimeout(ask, everyMilliseconds);
    }
    timer = setTimeout(ask, everyMilliseconds);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [statusPath, router]);
  const done = progress?.done ?? 0;
  const total = progress?.total ?? PACK_STEPS.length;
  const text =
    progress === null
      ? t("waiting")
      : t("stepOf", { step: Math.min(done + 1, total), total, words: t(`steps.${progress.step}`) });
  return (
    <div className="space-y-1.5 text-sm">
      <p role="status">{lost ? t("lost") : text}</p>
      <Progress value={done} max={total} label={t("progress")} text={text} hideText />
      <p className="text-muted">{t("leave")}</p>
      <noscript>
        <a className="link" href={pagePath}>
          {t("reload")}
        </a>
      </noscript>
    </div>
  );
}

// A server that is away for a moment, or a session that has ended, is no answer; asking goes on.
async function fetchAnswer(path: string, signal: AbortSignal): Promise<PackProgressAnswer | null> {
  try {
    const response = await fetch(path, { signal, cache: "no-store", redirect: "error" });
    return response.ok ? ((await response.json()) as PackProgressAnswer) : null;
  } catch {
    return null;
  }
}
