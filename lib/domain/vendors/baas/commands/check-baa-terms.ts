import "server-only";
import { randomBytes } from "node:crypto";
import { defineCommand, done } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { assertChecksAll, countAnswers } from "#lib/domain/vendors/baas/rules.ts";
import { CheckBaaTerms } from "#lib/domain/vendors/baas/schema.ts";
import { newestCheckNumber, requireBaaVersion } from "#lib/domain/vendors/baas/store.ts";
import { listBaaTerms } from "#lib/domain/vendors/terms/store.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";

/** Goes through the terms of a version as a whole. A later check of the same version supersedes this one and stands beside it. */
export const checkBaaTerms = defineCommand(
  "check-baa-terms",
  "baa.check",
  CheckBaaTerms,
  async ({ tx, ctx }, { versionId, newest, answers }) => {
    const checkedBy = actingMemberId(ctx);
    if (checkedBy === null) throw new Forbidden("baa.check");
    const { baaId, vendorId, reference } = await requireBaaVersion(tx, versionId);
    const terms = listBaaTerms();
    assertChecksAll(terms, answers);
    if ((await newestCheckNumber(tx, versionId)) !== newest) throw refuse("baa_check.checked_meanwhile", { reference });
    const inOrder = terms.flatMap((term) => answers.filter((answer) => answer.term === term.key));
    // The hash stands in the ledger for ever; without a salt it could be guessed back to the answers.
    const kept = { salt: randomBytes(32).toString("base64url"), answers: inOrder };
    const checkId = newId();
    const number = newest + 1;
    await tx.baaCheck.create({
      data: { id: checkId, baaVersionId: versionId, number, answers: kept, checkedBy, checkedAt: ctx.now },
      select: { id: true },
    });
    const counts = countAnswers(inOrder);
    return done(
      { vendorId, baaId, number, counts },
      {
        ...{ type: "baa.checked", id: baaId, vendorId, versionId, checkId, number },
        ...{ met: counts.met, notMet: counts.not_met, notApplicable: counts.not_applicable },
        answersSha256: bodySha256(bodyText(kept)),
      },
    );
  },
);
