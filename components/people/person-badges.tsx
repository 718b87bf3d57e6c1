import { useTranslations } from "next-intl";
import { Badge, type Look, type Plain } from "#components/ui/badge.tsx";
import type { InvitationState, MemberState, OffboardingState } from "#lib/domain/clinic/people/schema.ts";

const memberLook: Record<MemberState, Look> = {
  active: { tone: "positive", shape: "dot" },
  not_started: { tone: "limited", shape: "clock" },
  leaving: { tone: "caution", shape: "clock" },
  left: { tone: "neutral", shape: "dash" },
};

const invitationLook: Record<InvitationState, Look> = {
  open: { tone: "limited", shape: "ring" },
  expired: { tone: "caution", shape: "clock" },
  used: { tone: "positive", shape: "dot" },
  revoked: { tone: "neutral", shape: "dash" },
};

const offboardingLook: Record<OffboardingState, Look> = {
  open: { tone: "caution", shape: "ring" },
  done: { tone: "positive", shape: "dot" },
  not_needed: { tone: "neutral", shape: "dash" },
};

/** Where a member stands today. */
export function MemberStateBadge({ state, plain }: { state: MemberState } & Plain) {
  const t = useTranslations("people.state");
  return (
    <Badge {...memberLook[state]} plain={plain}>
      {t(state)}
    </Badge>
  );
}

export function InvitationStateBadge({ state, plain }: { state: InvitationState } & Plain) {
  const t = useTranslations("people.invitationState");
  return (
    <Badge {...invitationLook[state]} plain={plain}>
      {t(state)}
    </Badge>
  );
}

export function OffboardingBadge({ state }: { state: OffboardingState }) {
  const t = useTranslations("people.offboarding.state");
  return (
    <Badge {...offboardingLook[state]} plain>
      {t(state)}
    </Badge>
  );
}
