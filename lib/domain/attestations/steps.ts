import "server-only";
import { createHash } from "node:crypto";
import { assertOwnName } from "#lib/domain/attestations/rules.ts";
import type { Signing } from "#lib/domain/attestations/schema.ts";
import type { Locale, WorkContext } from "#lib/domain/context.ts";
import type { AuditEvent } from "#lib/domain/ledger/events.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** Keeps a text that people will sign; the same text twice is one. Its SHA-256 in hex is its name. */
export async function keepText(tx: ClinicTx, { locale, text }: { locale: Locale; text: string }): Promise<string> {
  const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
  await tx.exactText.createMany({ data: [{ sha256, locale, text }], skipDuplicates: true });
  return sha256;
}

/**
 * Signs a kept text as the acting member. `current` is what is to be signed now: another text on the signer's screen is
 * refused, so that nobody signs what has been replaced meanwhile.
 */
export async function sign(
  tx: ClinicTx,
  ctx: WorkContext,
  signing: Signing,
  { current, statement }: { current: { textSha256: string }; statement: string },
): Promise<{ attestationId: string; memberId: string; event: AuditEvent }> {
  if (ctx.actor.kind !== "member") throw new Forbidden("policy.sign");
  const { memberId, name } = ctx.actor;
  const sessionId = ctx.actor.sessionId ?? null;
  if (signing.textSha256 !== current.textSha256) throw refuse("attestation.text_changed");
  assertOwnName(signing.typedName, name);
  const attestationId = newId();
  const { textSha256, locale, typedName } = signing;
  const signed = { memberId, textSha256, statement, locale, typedName, sessionId };
  await tx.attestation.create({ data: { ...signed, id: attestationId, signedAt: ctx.now }, select: { id: true } });
  return { attestationId, memberId, event: { type: "attestation.signed", id: attestationId, ...signed } };
}
