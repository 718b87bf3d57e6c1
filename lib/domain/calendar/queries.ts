import "server-only";
import { z } from "zod";
import { askedItems, missingNow } from "#lib/domain/calendar/asked/rules.ts";
import { firstStepsOf } from "#lib/domain/calendar/first-steps/store.ts";
import { readinessOf } from "#lib/domain/calendar/readiness/rules.ts";
import { accessOf, readinessFacts } from "#lib/domain/calendar/readiness/store.ts";
import { type EvidenceToday, OWN_REQUESTS_SHOWN_MAX, type Today } from "#lib/domain/calendar/schema.ts";
import { teamOf } from "#lib/domain/calendar/team/store.ts";
import { whatWaits } from "#lib/domain/calendar/waiting/store.ts";
import { listOfficers } from "#lib/domain/clinic/store.ts";
import { actingMemberId, type WorkContext } from "#lib/domain/context.ts";
import { publicPackKeys, sectionsToday } from "#lib/domain/evidence/queries.ts";
import { listProtocol } from "#lib/domain/evidence/store.ts";
import { requireHead } from "#lib/domain/ledger/store.ts";
import { listNotices } from "#lib/domain/notifications/store.ts";
import { can } from "#lib/domain/permissions.ts";
import { listUnsignedPolicies } from "#lib/domain/policies/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { listOwnRequestRows } from "#lib/domain/tools/requests/store.ts";
import { countToolsByStatus } from "#lib/domain/tools/store.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { fingerprintsOf } from "#lib/proof/pack-keys.ts";

/** What waits for the one who looks, and what they look after, by what their role may see. */
export const getToday = defineQuery(
  "today",
  "calendar.read",
  z.object({}),
  async ({ tx, ctx }): Promise<Today> => ({
    today: ctx.today,
    officers: await listOfficers(tx, ctx.today),
    ...(await ownPart(tx, ctx)),
    team: can(ctx, "calendar.see_team") ? await teamOf(tx, ctx) : null,
    counts: can(ctx, "tool.read") ? await countToolsByStatus(tx) : null,
    ...(await officialPart(tx, ctx)),
    firstSteps: can(ctx, "first_steps.choose") ? await firstStepsOf(tx, ctx) : null,
  }),
);

/** What the reader was told, owes and has asked for. */
async function ownPart(tx: ClinicTx, ctx: WorkContext): Promise<Pick<Today, "notices" | "toSign" | "requests">> {
  const memberId = actingMemberId(ctx);
  if (memberId === null) return { notices: [], toSign: [], requests: null };
  const unsigned = await listUnsignedPolicies(tx, memberId, ctx.today);
  return {
    notices: await listNotices(tx, memberId, ctx.today),
    toSign: unsigned.map(({ code, titles, dueOn }) => ({ code, title: titles[ctx.locale], dueOn })),
    requests: can(ctx, "tool_request.ask")
      ? await listOwnRequestRows(tx, ctx, { memberId, take: OWN_REQUESTS_SHOWN_MAX })
      : null,
  };
}

/** What those see who keep the book, own the clinic, or look at it from outside. */
async function officialPart(
  tx: ClinicTx,
  ctx: WorkContext,
): Promise<Pick<Today, "waiting" | "evidence" | "index" | "readiness" | "access">> {
  const waiting = can(ctx, "tool.decide") ? await whatWaits(tx, ctx) : null;
  const sections = can(ctx, "evidence.read") ? await sectionsToday(tx) : null;
  const index = sections === null ? [] : askedItems(listProtocol(), sections);
  const evidence =
    sections === null ? null : await evidenceToday(tx, { index, missing: missingNow(listProtocol(), sections) });
  const part = { waiting, evidence, index: can(ctx, "calendar.see_index") ? index : null };
  if (!can(ctx, "calendar.see_readiness") || waiting === null) return { ...part, readiness: null, access: null };
  const access = await accessOf(tx, ctx, waiting);
  const facts = await readinessFacts(tx, ctx, {
    ...{ waiting, withoutFactor: access.withoutFactor.count },
    ...{ packAsOf: evidence?.lastPack?.asOf ?? null, missing: evidence?.missing.length ?? 0 },
  });
  return { ...part, readiness: readinessOf(facts), access };
}

type Asked = { readonly index: NonNullable<Today["index"]>; readonly missing: EvidenceToday["missing"] };

async function evidenceToday(tx: ClinicTx, { index, missing }: Asked): Promise<EvidenceToday> {
  const pack = await tx.evidencePack.findFirst({
    where: { status: "ready" },
    select: { id: true, finishedAt: true, asOf: true, fileName: true, sha256: true },
    orderBy: [{ finishedAt: "desc" }, { id: "asc" }],
  });
  const count = (status: (typeof index)[number]["status"]) => index.filter((row) => row.status === status).length;
  const { origin } = await requireHead(tx);
  return {
    lastPack: finished(pack),
    items: { answered: count("answered"), partly: count("partly"), none: count("none"), asked: index.length },
    missing,
    fingerprint: fingerprintsOf(publicPackKeys(origin)).ssh,
  };
}

type PackFound = { id: string; asOf: Date; finishedAt: Date | null; fileName: string | null; sha256: string | null };

function finished(pack: PackFound | null): EvidenceToday["lastPack"] {
  if (pack === null || pack.finishedAt === null || pack.fileName === null || pack.sha256 === null) return null;
  const { id, asOf, finishedAt, fileName, sha256 } = pack;
  return { id, asOf, finishedAt, fileName, sha256 };
}
