import "server-only";
import { sign } from "#lib/domain/attestations/steps.ts";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { SignPolicy } from "#lib/domain/policies/schema.ts";
import { maySign, requireVersion } from "#lib/domain/policies/store.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { say } from "#lib/platform/i18n/say.ts";

/**
 * Signs the newest version of a policy as the acting member, in the language it was read in. Sent twice, it is signed
 * once; a version that has been replaced is refused `attestation.text_changed`.
 */
export const signPolicy = defineCommand("sign-policy", "policy.sign", SignPolicy, async ({ tx, ctx }, input) => {
  const memberId = actingMemberId(ctx);
  if (memberId === null) throw new Forbidden("policy.sign");
  const { id, policyId, code, number, texts } = await requireVersion(tx, input.versionId);
  // Held until the commit: a form sent twice, or a version issued at this moment, comes before or after it, not between.
  const { count } = await tx.policy.updateMany({ where: { id: policyId }, data: { version: { increment: 0 } } });
  if (count === 0) throw refuse("attestation.text_changed");

  const earlier = await tx.policySignature.findFirst({
    where: { policyVersionId: id, memberId },
    select: { attestationId: true },
  });
  if (earlier !== null) return unchanged({ code, number, attestationId: earlier.attestationId, alreadySigned: true });
  if (!(await maySign(tx, memberId, ctx.today))) throw new Forbidden("policy.sign");
  const newer = await tx.policyVersion.findFirst({ where: { policyId, number: { gt: number } }, select: { id: true } });
  if (newer !== null) throw refuse("attestation.text_changed");

  const { attestationId, event } = await sign(tx, ctx, input, {
    current: { textSha256: texts[input.locale].sha256 },
    statement: say(input.locale, "policies")("statement"),
  });
  await tx.policySignature.create({
    data: { policyVersionId: id, memberId, attestationId },
    select: { attestationId: true },
  });
  return done({ code, number, attestationId, alreadySigned: false }, event, {
    ...({ type: "policy.signed", id, policyCode: code, number, memberId, attestationId } as const),
  });
});
