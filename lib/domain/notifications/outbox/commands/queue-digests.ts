import "server-only";
import { z } from "zod";
import { countOf, WAITING_KINDS } from "#lib/domain/calendar/waiting/rules.ts";
import type { Waiting } from "#lib/domain/calendar/waiting/schema.ts";
import { whatWaits } from "#lib/domain/calendar/waiting/store.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import type { Role, WorkContext } from "#lib/domain/context.ts";
import { digestDayAt } from "#lib/domain/notifications/outbox/rules.ts";
import { DIGEST_COUNTS, type DigestCounts } from "#lib/domain/notifications/outbox/schema.ts";
import { queueMail } from "#lib/domain/notifications/outbox/steps.ts";
import { listDigestReaders, sendsMail } from "#lib/domain/notifications/outbox/store.ts";
import { eventsNaming } from "#lib/domain/notifications/rules.ts";
import { countNotices } from "#lib/domain/notifications/store.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { newestVersions, rollOf } from "#lib/domain/policies/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/**
 * Writes to each person, on the clinic's morning, how much waits for them; to nobody for whom nothing does, and to nobody
 * twice on a day. All of a clinic's are queued together or none, so one that is there says that the day's round was made.
 */
export const queueDigests = defineCommand(
  "queue-digests",
  "mail.send",
  z.object({}),
  async ({ tx, ctx }) => {
    const day = digestDayAt(ctx.timeZone, ctx.now);
    if (day === null || !sendsMail()) return unchanged({ queued: 0 });
    const made = await tx.outboxMessage.count({ where: { digestOn: toDatabaseDate(day) } });
    if (made > 0) return unchanged({ queued: 0 });
    const readers = await listDigestReaders(tx, ctx.today);
    const owed = await owedByMember(tx, ctx);
    const desk = readers.some(decides) ? deskCounts(await whatWaits(tx, ctx)) : {};
    const to = readers.flatMap((reader) => {
      const counts = { ...owed.get(reader.memberId), ...(decides(reader) ? desk : {}) };
      return Object.keys(counts).length === 0 ? [] : [{ memberId: reader.memberId, counts }];
    });
    const kind = "daily_digest" as const;
    const memberIds = to.map(({ memberId }) => memberId);
    const [first, ...rest] = eventsNaming(memberIds, (named) => ({
      ...{ type: "mail.queued" as const, id: newId(), kind, memberIds: named },
    }));
    if (first === undefined) return unchanged({ queued: 0 });
    await queueMail(tx, ctx.now, { kind, subjectId: null, to, digestOn: day });
    return done({ queued: to.length }, first, ...rest);
  },
  { timeoutSeconds: 60 },
);

const DECIDERS: readonly Role[] = rolesWith("tool.decide");

function decides({ role }: { readonly role: Role }): boolean {
  return DECIDERS.includes(role);
}

// What each person owes or was told: so many questions as there are directives, however many people there are.
async function owedByMember(tx: ClinicTx, ctx: WorkContext): Promise<ReadonlyMap<string, DigestCounts>> {
  const owed = new Map<string, DigestCounts>();
  const add = (memberId: string, name: "toSign" | "notices", count: number) => {
    const own = owed.get(memberId) ?? {};
    owed.set(memberId, { ...own, [name]: (own[name] ?? 0) + count });
  };
  for (const version of await newestVersions(tx)) {
    const roll = await rollOf(tx, version, ctx.today);
    for (const { memberId, attestationId } of roll) if (attestationId === null) add(memberId, "toSign", 1);
  }
  for (const [memberId, count] of await countNotices(tx)) add(memberId, "notices", count);
  return owed;
}

// The same for everybody who decides. What stands for weeks, such as an office that nobody holds, is no news each morning.
function deskCounts(waiting: Waiting): DigestCounts {
  const counts = WAITING_KINDS.flatMap((kind) => {
    const name = DIGEST_COUNTS.find((candidate) => candidate === kind);
    return name === undefined ? [] : [[name, countOf(waiting, kind)] as const];
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
