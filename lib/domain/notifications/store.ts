import "server-only";
import { z } from "zod";
import type { EmergencyKind } from "#lib/domain/clinic/emergency-access/schema.ts";
import { namesOf, servingOn } from "#lib/domain/clinic/store.ts";
import type { NoticeKind, NoticeShown } from "#lib/domain/notifications/schema.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { toolsWhosePathRestsOn } from "#lib/domain/vendors/baas/store.ts";
import { coverageOn } from "#lib/domain/vendors/rules.ts";
import { coverageFactsOf } from "#lib/domain/vendors/store.ts";
import { type CalendarDate, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { PROVIDERS } from "#lib/kernel/sign-in-ways.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The newest lapse of a BAA, and the tools that it left without cover. */
export async function requireLapse(tx: ClinicTx, baaId: string, today: CalendarDate) {
  const lapse = await tx.baaLapse.findFirst({
    where: { baaId },
    orderBy: { lastDay: "desc" },
    include: { baa: { include: { vendor: { select: { id: true, name: true } } } } },
  });
  if (lapse === null) throw new NotFound();
  return { ...lapse, tools: await uncoveredTools(tx, { baaId, vendorId: lapse.baa.vendor.id }, today) };
}

// Of the vendor's tools and of those whose path rests on the BAA: what is approved for patient data and not covered.
async function uncoveredTools(
  tx: ClinicTx,
  { baaId, vendorId }: { baaId: string; vendorId: string },
  today: CalendarDate,
) {
  const resting = await toolsWhosePathRestsOn(tx, baaId);
  const tools = await tx.tool.findMany({
    where: { status: "approved_for_phi", OR: [{ vendorId }, { id: { in: resting.map(({ id }) => id) } }] },
    select: { id: true, vendorId: true, category: true, product: true, surface: true },
    orderBy: { nameKey: "asc" },
  });
  const coverage = await coverageFactsOf(tx, tools);
  return tools
    .filter(({ id }) => {
      const facts = coverage.get(id);
      return facts === undefined || coverageOn(facts, today).gaps.length > 0;
    })
    .map(({ id, product, surface }) => ({ id, product, surface }));
}

/** Members who serve on `today`, with the role that decides what they are told. */
export async function listMembersToTell(tx: ClinicTx, today: CalendarDate, audience: "officers" | "everybody") {
  const members = await tx.member.findMany({
    where: {
      ...servingOn(today),
      role: { in: rolesWith(audience === "officers" ? "baa.record" : "tool_request.ask") },
    },
    select: { id: true },
  });
  return members.map((member) => member.id);
}

/** A use of emergency access, as far as officers are told of it. */
export async function requireUseToTell(tx: ClinicTx, useId: string) {
  const use = await tx.emergencyUse.findFirst({
    where: { id: useId },
    select: { memberId: true, kind: true, openedAt: true, member: { select: { name: true } } },
  });
  if (use === null) throw new NotFound();
  return use;
}

const AccountEventBody = z.object({
  data: z.object({ memberId: z.uuid(), at: z.coerce.date(), provider: z.enum(PROVIDERS).optional() }),
});

/** What the ledger says was done to somebody's account. */
export async function requireAccountEvent(tx: ClinicTx, objectId: string) {
  const event = await tx.ledgerEvent.findFirst({ where: { objectType: "account_event", objectId } });
  if (event === null) throw new NotFound();
  return AccountEventBody.parse(JSON.parse(event.body)).data;
}

/** A naming for emergency access, as far as its person is told of it. */
export async function requireNamingToTell(tx: ClinicTx, personId: string) {
  const naming = await tx.emergencyPerson.findFirst({
    where: { id: personId },
    select: {
      ...{ memberId: true, fromOn: true, namedAt: true, endedAt: true },
      ...{ namer: { select: { name: true } }, ender: { select: { name: true } } },
    },
  });
  if (naming === null) throw new NotFound();
  return naming;
}

/** A request as far as whoever asked, and whoever joined, is told of it. */
export async function requireRequestToTell(tx: ClinicTx, requestId: string) {
  const request = await tx.toolRequest.findFirst({
    where: { id: requestId },
    select: { ...REQUEST_TOLD, supporters: { select: { memberId: true } } },
  });
  if (request === null) throw new NotFound();
  const { requesterId, supporters, status, answeredAt, takenBack } = request;
  const members = [...new Set([requesterId, ...supporters.map(({ memberId }) => memberId)])];
  return { status, answeredAt, takenBackAt: takenBack[0]?.takenBackAt ?? null, members };
}

/** The review of a use, as far as whose use it was is told of it. */
export async function requireReviewToTell(tx: ClinicTx, useId: string) {
  const review = await tx.emergencyReview.findFirst({
    where: { useId },
    select: {
      reviewedBy: true,
      reviewedAt: true,
      reviewer: { select: { name: true } },
      use: { select: { memberId: true } },
    },
  });
  if (review === null) throw new NotFound();
  return review;
}

export const NOTICES_SHOWN_MAX = 10;

const REQUEST_TOLD = {
  ...{ product: true, requesterId: true, status: true, answeredAt: true },
  takenBack: { select: { takenBackAt: true }, orderBy: { number: "desc" }, take: 1 },
} as const;

const REQUEST_KINDS = ["request_answered", "request_reopened"] satisfies NoticeKind[];

/** Whether a request stands as its notice says: an answer that was taken back, or given anew, has a newer notice. */
function stillTells(
  { kind, givenAt }: { kind: string; givenAt: Date },
  request: { status: string; answeredAt: Date | null; takenBack: ReadonlyArray<{ takenBackAt: Date }> },
): boolean {
  const isOpen = request.status === "open";
  const since = isOpen ? request.takenBack[0]?.takenBackAt : request.answeredAt;
  return isOpen === (kind === "request_reopened") && since != null && givenAt >= since;
}

/** The requests that stand as somebody was told, by the notice that says so: of one member, or of everybody. */
async function requestsTold(tx: ClinicTx, memberId?: string) {
  const notices = await tx.notice.findMany({
    where: { ...(memberId !== undefined && { memberId }), dismissedAt: null, kind: { in: REQUEST_KINDS } },
    select: { id: true, kind: true, memberId: true, subjectId: true, givenAt: true },
  });
  const ids = new Set(notices.map(({ subjectId }) => subjectId));
  const rows = await tx.toolRequest.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, ...REQUEST_TOLD },
  });
  const requests = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    notices.flatMap((notice) => {
      const request = requests.get(notice.subjectId);
      if (request === undefined || !stillTells(notice, request)) return [];
      return [[notice.id, { ...request, memberId: notice.memberId }] as const];
    }),
  );
}

/** How much each member has been told, has not put away, and is shown. */
export async function countNotices(tx: ClinicTx): Promise<ReadonlyMap<string, number>> {
  const others = await tx.notice.groupBy({
    by: ["memberId"],
    where: { dismissedAt: null, kind: { notIn: REQUEST_KINDS } },
    _count: { _all: true },
  });
  const counts = new Map(others.map(({ memberId, _count }) => [memberId, _count._all]));
  for (const { memberId } of (await requestsTold(tx)).values()) counts.set(memberId, (counts.get(memberId) ?? 0) + 1);
  return counts;
}

/** What a member has been told and not put away, newest first. */
export async function listNotices(tx: ClinicTx, memberId: string, today: CalendarDate): Promise<NoticeShown[]> {
  const requests = await requestsTold(tx, memberId);
  const notices = await tx.notice.findMany({
    where: {
      ...{ memberId, dismissedAt: null },
      // What isn't shown can't be put away: it must not take the place of what is.
      OR: [{ kind: { notIn: REQUEST_KINDS } }, { id: { in: [...requests.keys()] } }],
    },
    orderBy: [{ givenAt: "desc" }, { id: "asc" }],
    take: NOTICES_SHOWN_MAX,
  });
  const shown: NoticeShown[] = [];
  for (const { id, kind, subjectId, givenAt } of notices) {
    if (kind === "baa_lapsed") {
      const { baa, lastDay, tools } = await requireLapse(tx, subjectId, today);
      const { id: vendorId, name: vendor } = baa.vendor;
      shown.push({ id, kind, subjectId, givenAt, vendorId, vendor, lastDay: fromDatabaseDate(lastDay), tools });
    } else if (kind === "request_answered" || kind === "request_reopened") {
      const request = requests.get(id);
      if (request === undefined) continue;
      const { product, requesterId } = request;
      shown.push({ id, kind, subjectId, givenAt, product, isOwn: requesterId === memberId });
    } else if (kind === "emergency_access") {
      const use = await requireUseToTell(tx, subjectId);
      shown.push({ id, kind, subjectId, givenAt, member: use.member.name, use: use.kind as EmergencyKind });
    } else if (kind === "emergency_named") {
      const { namer, fromOn } = await requireNamingToTell(tx, subjectId);
      shown.push({ id, kind, subjectId, givenAt, by: namer.name, fromOn: fromDatabaseDate(fromOn) });
    } else if (kind === "emergency_unnamed") {
      const { ender } = await requireNamingToTell(tx, subjectId);
      shown.push({ id, kind, subjectId, givenAt, by: ender?.name ?? "" });
    } else if (kind === "emergency_reviewed") {
      const { reviewer } = await requireReviewToTell(tx, subjectId);
      shown.push({ id, kind, subjectId, givenAt, by: reviewer.name });
    } else if (kind === "factors_reset") {
      const reset = await tx.factorReset.findFirst({
        where: { id: subjectId },
        select: { memberId: true, member: { select: { name: true } }, resetter: { select: { name: true } } },
      });
      if (reset === null) continue;
      const { member, resetter } = reset;
      const told = { by: resetter.name, member: member.name, isOwn: reset.memberId === memberId };
      shown.push({ id, kind, subjectId, givenAt, ...told });
    } else if (kind === "provider_linked") {
      const { provider } = await requireAccountEvent(tx, subjectId);
      if (provider !== undefined) shown.push({ id, kind, subjectId, givenAt, provider });
    } else if (kind === "account_reset") {
      const event = await requireAccountEvent(tx, subjectId);
      const member = (await namesOf(tx, [event.memberId])).get(event.memberId) ?? "";
      shown.push({ id, kind, subjectId, givenAt, member, isOwn: event.memberId === memberId });
    }
  }
  return shown;
}
