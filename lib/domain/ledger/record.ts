import "server-only";
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { Actor, ClinicContext } from "#lib/domain/context.ts";
import { isPersonal } from "#lib/domain/event.ts";
import { type AuditEvent, eventDefinition } from "#lib/domain/ledger/events.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx, PreparedEvent } from "#lib/platform/db/with-clinic.ts";
import { keys } from "#lib/platform/keys.ts";
import { bodyText } from "#lib/proof/body.ts";
import { commit, SALT_BYTES } from "#lib/proof/commitment.ts";
import { newOpeningsKey, sealOpening, unwrapKey, wrapKey } from "#lib/proof/opening-cipher.ts";

/**
 * Turns a command's events into what the ledger appends. The only code that makes a body: personal fields enter it as
 * salted commitments, and the database never sees their openings in the clear.
 */
export async function prepareEvents(
  tx: ClinicTx,
  ctx: ClinicContext,
  events: readonly AuditEvent[],
): Promise<PreparedEvent[]> {
  const clinicKey = await clinicOpeningsKey(tx, ctx.clinicId);
  return events.map((event) => prepareEvent(ctx, event, clinicKey));
}

/** The key of a clinic's openings, out of its wrapping. */
export async function clinicOpeningsKey(tx: ClinicTx, clinicId: string): Promise<Uint8Array> {
  const head = await tx.ledgerHead.findFirstOrThrow({ select: { wrappedKey: true } });
  return unwrapKey(keys().openings, head.wrappedKey, clinicId);
}

/** A new clinic's key, wrapped for keeping in its ledger head. */
export function newWrappedKey(clinicId: string): Uint8Array {
  return wrapKey(keys().openings, newOpeningsKey(), clinicId);
}

function prepareEvent(ctx: ClinicContext, event: AuditEvent, clinicKey: Uint8Array): PreparedEvent {
  const definition = eventDefinition(event.type);
  if (definition === undefined) throw new Error(`no event is called ${event.type}`);
  const {
    type,
    id: objectId,
    ...fields
  } = definition.schema.parse(event) as Record<string, unknown> & { type: string; id: string };
  const id = newId();
  const openings: Array<{ digest: string; sealed: string }> = [];
  const hide = (path: string, value: string) => {
    const { opening, commitment } = commit(randomBytes(SALT_BYTES), path, value);
    const place = { clinicId: ctx.clinicId, eventId: id, digest: commitment.sd };
    openings.push({ digest: commitment.sd, sealed: sealOpening(clinicKey, opening, place).toString("base64") });
    return commitment;
  };
  const shape = definition.schema.shape as Record<string, z.ZodType>;
  const data = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      isPersonalField(shape[name]) ? hidden(value, `data.${name}`, hide) : value,
    ]),
  );
  const body = bodyText({
    v: 1,
    actor: actorInBody(ctx.actor),
    object: { type: definition.objectType, id: objectId },
    correlation: ctx.requestId,
    data,
    ...(ctx.occurredAt === undefined ? {} : { occurredAt: ctx.occurredAt.toISOString() }),
  });
  return { id, type, body, openings };
}

function isPersonalField(schema: z.ZodType | undefined): boolean {
  return schema !== undefined && isPersonal(schema);
}

function hidden(value: unknown, path: string, hide: (path: string, value: string) => { sd: string }): unknown {
  if (Array.isArray(value)) return value.map((item, index) => hide(`${path}.${index}`, String(item)));
  return hide(path, String(value));
}

function actorInBody(actor: Actor): Record<string, string> {
  if (actor.kind !== "member") return { kind: actor.kind, job: actor.job };
  const { memberId, role, emergency } = actor;
  return { kind: "member", id: memberId, role, ...(emergency === undefined ? {} : { emergency: emergency.useId }) };
}
