import "server-only";
import { z } from "zod";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { SIGN_IN_WAYS } from "#lib/kernel/sign-in-ways.ts";

const WINDOW_MINUTES = 15;

const RecordSignIns = z.object({
  opened: z.array(
    z.object({
      memberId: z.uuid(),
      sessionId: z.uuid(),
      at: z.date(),
      way: z.enum(SIGN_IN_WAYS).nullable().default(null),
    }),
  ),
  refused: z.array(z.object({ memberId: z.uuid(), at: z.date() })),
});

/**
 * Copies sign-ins into the clinic's ledger: openings one by one, refusals added up per member and quarter of an hour.
 * Safe to repeat: what the ledger holds already is left out.
 */
export const recordSignIns = defineCommand(
  "record-sign-ins",
  "session.record",
  RecordSignIns,
  async ({ tx }, input) => {
    const memberIds = new Set([...input.opened, ...input.refused].map(({ memberId }) => memberId));
    if ((await tx.member.count({ where: { id: { in: [...memberIds] } } })) < memberIds.size) throw new NotFound();
    const opened = input.opened.map(({ sessionId, memberId, at, way }) => ({
      type: "session.opened" as const,
      id: sessionId,
      memberId,
      at: at.toISOString(),
      way,
    }));
    const candidates = [...opened, ...refusalWindows(input.refused)];
    const known = await tx.ledgerEvent.findMany({
      where: {
        objectType: { in: ["session", "sign_in_window"] },
        objectId: { in: candidates.map((event) => event.id) },
      },
      select: { objectId: true },
    });
    const knownIds = new Set(known.map((event) => event.objectId));
    const [first, ...rest] = candidates.filter((event) => !knownIds.has(event.id));
    return first === undefined ? unchanged({ recorded: 0 }) : done({ recorded: rest.length + 1 }, first, ...rest);
  },
);

function refusalWindows(refused: ReadonlyArray<{ memberId: string; at: Date }>) {
  const width = WINDOW_MINUTES * 60_000;
  const counts = new Map<string, { memberId: string; start: number; count: number }>();
  for (const { memberId, at } of refused) {
    const start = Math.floor(at.getTime() / width) * width;
    const id = `${memberId}:${new Date(start).toISOString()}`;
    const window = counts.get(id) ?? { memberId, start, count: 0 };
    counts.set(id, { ...window, count: window.count + 1 });
  }
  return [...counts].map(([id, { memberId, start, count }]) => ({
    type: "session.refused" as const,
    id,
    memberId,
    from: new Date(start).toISOString(),
    to: new Date(start + width).toISOString(),
    count,
  }));
}

const GRACE_MINUTES = 1;

/** Before this moment every window of refusals is complete; a try that is still being written down has a minute for it. */
export function refusalsCompleteBefore(now: Date): Date {
  const width = WINDOW_MINUTES * 60_000;
  return new Date(Math.floor((now.getTime() - GRACE_MINUTES * 60_000) / width) * width);
}
