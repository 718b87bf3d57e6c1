import type { z } from "zod";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import type { ClinicContext, Locale, Role } from "#lib/domain/context.ts";
import { issuePolicy } from "#lib/domain/policies/commands/issue-policy.ts";
import { signPolicy } from "#lib/domain/policies/commands/sign-policy.ts";
import { getIssuePolicyPage, getPolicyPage, getPolicyPreview } from "#lib/domain/policies/queries.ts";
import type { PolicyDraft } from "#lib/domain/policies/schema.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { TestClinic } from "#tests/support/clinic.ts";
import { asOwner } from "#tests/support/sql.ts";

type Draft = z.input<typeof PolicyDraft>;

/** A draft as the form starts with it, and what the form leaves to the officer. */
export async function policyDraft(as: ClinicContext, fields: Partial<Draft> = {}): Promise<Draft> {
  const { draft } = await getIssuePolicyPage(as, { code: "P02" });
  const given = { reason: "DeepSeek was seen on a front desk phone.", securityOfficer: "Luis Ortega" };
  return { ...draft, code: "P02", addresses: draft.addresses.join("\n"), ...given, ...fields };
}

/** Issues the next version of the DeepSeek directive the way the form does: previewed, then issued as previewed. */
export async function issueDirective(as: ClinicContext, fields: Partial<Draft> = {}) {
  const draft = await policyDraft(as, fields);
  const { texts } = await getPolicyPreview(as, draft);
  return issuePolicy(as, { ...draft, textSha256En: texts.en.sha256, textSha256Es: texts.es.sha256 });
}

/** Enters a directive that was issued so many days ago. */
export async function issuedDaysAgo(as: ClinicContext, days: number, fields: Partial<Draft> = {}) {
  const occurredAt = new Date(Date.now() - days * 86_400_000);
  const effectiveOn = calendarDateIn(as.timeZone, occurredAt);
  const draft = { ...(await policyDraft(as)), effectiveOn, amnestyUntil: addDays(effectiveOn, 14), ...fields };
  return issuePolicy({ ...as, occurredAt }, draft);
}

/** The newest version as a reader's page shows it. */
export async function directiveShown(as: ClinicContext, language?: Locale, number?: number) {
  const { shown } = await getPolicyPage(as, { code: "P02", language, number });
  if (shown === null) throw new Error("no directive was issued");
  return shown;
}

/** What the signing form of the newest version sends. */
export async function signingForm(as: ClinicContext, language: Locale = "en") {
  const { versionId, sha256: textSha256 } = await directiveShown(as, language);
  return { versionId, textSha256, locale: language, typedName: as.actor.kind === "member" ? as.actor.name : "" };
}

/** Reads the newest version in a language and signs it. */
export async function signDirective(as: ClinicContext, language: Locale = "en") {
  return signPolicy(as, await signingForm(as, language));
}

/** Moves a member's first and last day, which no command does yet; the account stays. */
export async function setDates(
  clinicId: string,
  who: ClinicContext,
  { startedOn, endedOn = null, joinedAt }: { startedOn: string; endedOn?: string | null; joinedAt?: Date },
) {
  if (who.actor.kind !== "member") throw new Error("only members have days");
  const { memberId } = who.actor;
  await asOwner((sql) =>
    sql(
      "UPDATE member SET started_on = $3, ended_on = $4, created_at = coalesce($5, created_at) WHERE clinic_id = $1 AND id = $2",
      [clinicId, memberId, startedOn, endedOn, joinedAt ?? null],
    ),
  );
}

/** One more member of the clinic, who joins now. */
export async function newColleague(
  clinic: Pick<TestClinic, "system">,
  name: string,
  role: Role = "staff",
): Promise<ClinicContext> {
  const { token } = await inviteMember(clinic.system, { email: `${newId()}@clinic.test`, name, role });
  const joining = { name, passwordHash: "$argon2id$not-a-hash" };
  const { memberId } = await acceptInvitation(token, joining, {
    ...{ requestId: newId(), locale: "en", signedInAccountId: null },
  });
  return { ...clinic.system, actor: { kind: "member", memberId, name, role } };
}
