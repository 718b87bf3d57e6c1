import "server-only";
import type { PersonStep } from "#lib/domain/clinic/imports/rules.ts";
import type { InvitedPerson } from "#lib/domain/clinic/imports/schema.ts";
import { searchKeyOf } from "#lib/domain/clinic/people/steps.ts";
import { INVITATION_DAYS } from "#lib/domain/clinic/schema.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { invitationToken, tokenHash } from "#lib/platform/auth/token.ts";
import { inParts } from "#lib/platform/db/in-parts.ts";
import { changeMany, insertMany } from "#lib/platform/db/insert-many.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Invites who is new and writes down what has changed of the others. The tokens are told here and kept nowhere. */
export async function keepPeople(
  tx: ClinicTx,
  ctx: WorkContext,
  importId: string,
  steps: readonly PersonStep[],
): Promise<{ events: readonly AuditEvent[]; invited: readonly InvitedPerson[] }> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("member.invite");
  const invitations = steps.flatMap((step) => (step.kind === "invite" ? [step.invited] : []));
  const described = steps.flatMap((step) => (step.kind === "describe" ? [step] : []));
  const made = await keepInvitations(tx, ctx, { importId, invitedBy: memberId }, invitations);
  const changes = await describeMembers(tx, ctx, memberId, described);
  return { events: [...made.events, ...changes], invited: made.invited };
}

type Invite = Extract<PersonStep, { kind: "invite" }>["invited"];
type Describe = Extract<PersonStep, { kind: "describe" }>;

type By = { readonly importId: string; readonly invitedBy: string | null };

/** Makes invitations of one import, and tells their tokens. */
export async function keepInvitations(
  tx: ClinicTx,
  ctx: WorkContext,
  by: By,
  people: readonly Invite[],
): Promise<{ ids: readonly string[]; events: readonly AuditEvent[]; invited: readonly InvitedPerson[] }> {
  const expiresAt = new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000);
  const made = people.map((invited) => {
    const id = newId();
    return { id, token: invitationToken(id), invited };
  });
  const rows = made.map(({ id, token, invited: { startsOn, endsOn, ...facts } }) => ({
    ...{ ...facts, ...by, id, searchKey: searchKeyOf(facts), createdAt: ctx.now, expiresAt },
    tokenHash: `\\x${Buffer.from(tokenHash(token)).toString("hex")}`,
    startsOn: startsOn === null ? null : toDatabaseDate(startsOn),
    endsOn: endsOn === null ? null : toDatabaseDate(endsOn),
  }));
  await insertMany(tx, "invitation", rows);
  return {
    ids: made.map(({ id }) => id),
    events: made.map(({ id, invited }): AuditEvent => {
      return { type: "member.invited", id, ...invited, expiresAt: expiresAt.toISOString() };
    }),
    invited: made.map(({ token, invited: { name, email } }): InvitedPerson => ({ name, email, token })),
  };
}

async function describeMembers(
  tx: ClinicTx,
  ctx: WorkContext,
  describedBy: string,
  steps: readonly Describe[],
): Promise<readonly AuditEvent[]> {
  const changes = steps.map(({ member, described }) => {
    const facts = { ...described, tracks: [...described.tracks] };
    return { id: member.id, version: member.version, ...facts, searchKey: searchKeyOf({ ...member, ...facts }) };
  });
  if ((await changeMany(tx, "member", changes)) !== changes.length) throw refuse("import.changed_meanwhile");
  const memberIds = steps.map(({ member }) => member.id);
  const counted = await inParts(memberIds, (part) =>
    tx.memberDescription.groupBy({ by: ["memberId"], where: { memberId: { in: part } }, _max: { number: true } }),
  );
  const numbers = new Map(counted.map(({ memberId, _max }) => [memberId, _max.number ?? 0]));
  const descriptions = changes.map(({ id: memberId, version: _version, searchKey: _searchKey, ...facts }) => {
    return { ...facts, memberId, number: 1 + (numbers.get(memberId) ?? 0), describedBy, describedAt: ctx.now };
  });
  await insertMany(tx, "member_description", descriptions);
  return descriptions.map(({ describedBy: _by, describedAt: _at, ...described }): AuditEvent => {
    return { type: "member.described", id: described.memberId, ...described };
  });
}
