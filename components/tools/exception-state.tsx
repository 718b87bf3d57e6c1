import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { ShapeName } from "#components/ui/shape.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { lastDays } from "#lib/domain/tools/exceptions/rules.ts";
import type { ExceptionRow, ExceptionState } from "#lib/domain/tools/exceptions/schema.ts";

const LOOKS: Record<ExceptionState, { tone: Tone; shape: ShapeName }> = {
  in_force: { tone: "limited", shape: "barred" },
  upcoming: { tone: "neutral", shape: "ring" },
  ended: { tone: "neutral", shape: "dash" },
  withdrawn: { tone: "neutral", shape: "cross" },
};

type ExceptionStateBadgeProps = {
  exception: Pick<ExceptionRow, "state" | "startsOn" | "endsOn">;
  today: string;
};

/** What an exception is worth today; its last two days are said in advance. */
export function ExceptionStateBadge({ exception, today }: ExceptionStateBadgeProps) {
  const t = useTranslations("exceptions");
  const left = exception.state === "in_force" ? lastDays(exception, today) : null;
  if (left === null) {
    return (
      <Badge plain {...LOOKS[exception.state]}>
        {t(`state.${exception.state}`)}
      </Badge>
    );
  }
  return (
    <Badge plain tone="caution" shape="clock">
      {t(left === 0 ? "endsToday" : "endsTomorrow")}
    </Badge>
  );
}

/** For whom: a person by name, or everybody in a role. */
export function ExceptionHolder({ exception }: { exception: Pick<ExceptionRow, "person" | "role"> }) {
  const t = useTranslations("exceptions");
  const { person, role } = exception;
  return person ?? t("everybody", { role: t(`role.${role ?? "staff"}`) });
}
