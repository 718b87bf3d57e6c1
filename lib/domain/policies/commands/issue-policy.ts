import "server-only";
import { keepText } from "#lib/domain/attestations/steps.ts";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { IssuePolicy } from "#lib/domain/policies/schema.ts";
import { composePolicy } from "#lib/domain/policies/store.ts";
import { toDatabaseDate } from "#lib/kernel/dates.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";

/**
 * Issues the next version of a policy: keeps the exact text in each language, as it was previewed, and makes it what staff
 * owe. Signatures of earlier versions stay as they are.
 */
export const issuePolicy = defineCommand("issue-policy", "policy.issue", IssuePolicy, async ({ tx, ctx }, input) => {
  const issuedBy = actingMemberId(ctx);
  if (issuedBy === null) throw new Forbidden("policy.issue");
  const { code, newest, reason, effectiveOn, textSha256En, textSha256Es, ...typed } = input;
  await tx.policy.createMany({ data: [{ code, createdAt: ctx.now, version: 0 }], skipDuplicates: true });
  // Of two who issue at once only the first still finds the version that both looked at.
  const { count } = await tx.policy.updateMany({ where: { code, version: newest }, data: { version: newest + 1 } });
  if (count === 0) throw refuse("policy.issued_meanwhile");
  const policy = await tx.policy.findFirstOrThrow({ where: { code }, select: { id: true } });

  const draft = { code, newest, reason, effectiveOn, ...typed };
  const { number, contentVersion, dueOn, variables, texts } = await composePolicy(tx, ctx, draft);
  const isPreviewed = texts.en.sha256 === textSha256En && texts.es.sha256 === textSha256Es;
  // What was issued on an earlier day is entered from its record, and has no preview.
  if (!isPreviewed && ctx.occurredAt === undefined) throw refuse("policy.preview_differs");

  const id = newId();
  await tx.policyVersion.create({
    data: {
      ...{ id, policyId: policy.id, number, contentVersion, variables, reason, issuedBy, issuedAt: ctx.now },
      ...{ effectiveOn: toDatabaseDate(effectiveOn), dueOn: toDatabaseDate(dueOn) },
    },
    select: { id: true },
  });
  for (const locale of ["en", "es"] as const) {
    const { title, text } = texts[locale];
    const sha256 = await keepText(tx, { locale, text });
    await tx.policyText.create({ data: { policyVersionId: id, locale, title, sha256 }, select: { locale: true } });
  }
  return done(
    { versionId: id, code, number, dueOn },
    {
      ...({ type: "policy.issued", id, policyId: policy.id, policyCode: code, number, contentVersion } as const),
      ...{ effectiveOn, dueOn, reason, textSha256En: texts.en.sha256, textSha256Es: texts.es.sha256 },
    },
  );
});
