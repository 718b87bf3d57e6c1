import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Shape, type ShapeName } from "#components/ui/shape.tsx";
import { type Tone, toneStyle } from "#components/ui/tone.ts";
import type { LookUpResult } from "#lib/domain/tools/look-up/schema.ts";
import { cn } from "#lib/kernel/cn.ts";
import { standingLook } from "./status-badge.tsx";

type LookUpAnswerProps = {
  answer: LookUpResult;
  /** Whom to ask, as a sentence. */
  contact: string;
  /** The tool's page, for those who may open it. */
  href?: string | undefined;
};

/** What one tool of the register may be used for, as a sentence with its reasons. */
export function LookUpAnswer({ answer, contact, href }: LookUpAnswerProps) {
  const t = useTranslations("look-up");
  const { standing, reasons } = answer.standing;
  return (
    <AnswerCard
      look={standingLook[standing]}
      sentence={t(`answer.${standing}`, { product: answer.product })}
      which={answer.surface}
    >
      <ul className="space-y-1">
        {reasons.map((reason) => (
          <li key={reason}>{t(`reason.${reason}`, { vendor: answer.vendor })}</li>
        ))}
      </ul>
      {answer.conditions.length > 0 && (
        <div>
          <p className="font-medium">{t("conditions")}</p>
          <ul className="list-disc space-y-0.5 pl-5">
            {answer.conditions.map((condition) => (
              <li key={condition}>{condition}</li>
            ))}
          </ul>
        </div>
      )}
      {answer.why && (
        <div>
          <p className="font-medium">{t("aboutIt", { vendor: answer.vendor })}</p>
          <p>{answer.why}</p>
        </div>
      )}
      {standing === "ask" && <p>{contact}</p>}
      {href && (
        <p>
          <Link prefetch={false} className="link" href={href}>
            {t("open")}
            <span className="sr-only">
              : {answer.product}, {answer.surface}
            </span>
          </Link>
        </p>
      )}
    </AnswerCard>
  );
}

type AnswerCardProps = {
  look: { tone: Tone; shape: ShapeName };
  sentence: string;
  /** The plan or way of access that the sentence is about. */
  which?: string | undefined;
  children: ReactNode;
};

export function AnswerCard({ look, sentence, which, children }: AnswerCardProps) {
  return (
    <article className="overflow-hidden rounded-md border">
      <h2
        data-tone={look.tone}
        className={cn(
          "flex items-start gap-2.5 border-b px-4 py-3 font-semibold text-lg [&_svg]:mt-1 [&_svg]:size-5",
          toneStyle[look.tone],
        )}
      >
        <Shape name={look.shape} />
        <span className="min-w-0">
          {sentence}
          {which && <span className="block font-normal text-base">{which}</span>}
        </span>
      </h2>
      <div className="space-y-3 px-4 py-3">{children}</div>
    </article>
  );
}
