"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Moment } from "#components/layout/moments.tsx";
import { Refused } from "#components/layout/refused.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { FormMessage } from "#components/ui/form-message.tsx";
import type { FormAction } from "#components/ui/form-state.ts";
import { Section } from "#components/ui/section.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";

export type SessionShown = {
  readonly id: string;
  readonly device: string;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
  readonly isThis: boolean;
};

type OwnSessionsProps = {
  sessions: readonly SessionShown[];
  timeZone: string;
  end: FormAction;
  signOutEverywhere: () => Promise<void>;
};

/** Where a person is signed in, each with a button that ends it. */
export function OwnSessions({ sessions, timeZone, end, signOutEverywhere }: OwnSessionsProps) {
  const t = useTranslations("account.sessions");
  const [state, submit] = useActionState(end, {});
  return (
    <Section
      title={t("title")}
      id="sessions"
      lede={t("lede")}
      actions={
        <form action={signOutEverywhere}>
          <Button type="submit" size="small">
            {t("everywhere")}
          </Button>
        </form>
      }
    >
      <form action={submit} className="space-y-3">
        <Refused state={state} />
        <FormMessage>{state.done}</FormMessage>
        <ul className="divide-y border-y">
          {sessions.map((session) => (
            <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {session.device}
                  {session.isThis && <Badge tone="positive">{t("here")}</Badge>}
                </p>
                <p className="text-muted text-sm">
                  {t("started")} <Moment at={session.startedAt} timeZone={timeZone} /> · {t("lastSeen")}{" "}
                  <Moment at={session.lastSeenAt} timeZone={timeZone} />
                </p>
              </div>
              <SubmitButton
                variant="secondary"
                size="small"
                name="session"
                value={session.id}
                pendingLabel={t("end")}
                aria-label={t("endLabel", { device: session.device })}
              >
                {t("end")}
              </SubmitButton>
            </li>
          ))}
        </ul>
      </form>
    </Section>
  );
}
