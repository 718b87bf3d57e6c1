import "server-only";
import { z } from "zod";
import type { ClinicContext, WorkContext } from "#lib/domain/context.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { mayNotApply } from "#lib/domain/vendors/baas/rules.ts";
import type { BaaShown, TermToCheck } from "#lib/domain/vendors/baas/schema.ts";
import { listBaasShown, listVendorTools, toolsWhosePathRestsOn } from "#lib/domain/vendors/baas/store.ts";
import { requireVendor } from "#lib/domain/vendors/store.ts";
import { listBaaTerms, titlesOfTerms } from "#lib/domain/vendors/terms/store.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

const OneBaa = z.object({ vendorId: z.uuid(), baaId: z.uuid() });

/** The vendor of a new BAA, and its tools to choose among. */
export const getNewBaaForm = defineQuery(
  "new-baa-form",
  "baa.record",
  z.object({ vendorId: z.uuid() }),
  async ({ tx }, { vendorId }) => {
    const { name } = await requireVendor(tx, vendorId);
    return { vendor: { id: vendorId, name }, tools: await listVendorTools(tx, vendorId) };
  },
);

/** One BAA in full, with what rests on it and the vendor's tools to choose among in its forms. */
export const getBaaPage = defineQuery("baa-page", "vendor.read", OneBaa, async ({ tx, ctx }, { vendorId, baaId }) => {
  const { name } = await requireVendor(tx, vendorId);
  return {
    vendor: { id: vendorId, name },
    baa: await requireBaaShown(tx, ctx, { vendorId, baaId }),
    tools: await listVendorTools(tx, vendorId),
    restingOn: await toolsWhosePathRestsOn(tx, baaId),
    terms: termsIn(ctx.locale),
    termTitles: titlesOfTerms(ctx.locale),
    today: ctx.today,
    asOf: ctx.now,
  };
});

/** The checklist for a version of a BAA, the one that governs unless another is asked for. */
export const getBaaCheckForm = defineQuery(
  "baa-check-form",
  "baa.check",
  OneBaa.extend({ number: z.number().int().positive().nullable().default(null) }),
  async ({ tx, ctx }, { vendorId, baaId, number }) => {
    const { name } = await requireVendor(tx, vendorId);
    const baa = await requireBaaShown(tx, ctx, { vendorId, baaId });
    const version = baa.versions.find((candidate) => candidate.number === (number ?? baa.governing));
    if (version === undefined) throw new NotFound();
    const newest = baa.checks.find((check) => check.version === version.number)?.number ?? 0;
    return { vendor: { id: vendorId, name }, baa, version, newest, terms: termsToCheck(baa), today: ctx.today };
  },
);

async function requireBaaShown(
  tx: ClinicTx,
  ctx: WorkContext,
  which: { vendorId: string; baaId: string },
): Promise<BaaShown> {
  const [baa] = await listBaasShown(tx, which, ctx.today);
  if (baa === undefined) throw new NotFound();
  return baa;
}

/** The checklist in the reader's language. */
function termsIn(locale: ClinicContext["locale"]) {
  return listBaaTerms().map(({ title, text, ...term }) => ({ ...term, title: title[locale], text: text[locale] }));
}

// What was found last time helps to find it again. The answer itself is never given beforehand.
function termsToCheck(baa: BaaShown): TermToCheck[] {
  const [last] = baa.checks;
  return listBaaTerms().map((term) => {
    const before = last?.answers.find((answer) => answer.term === term.key);
    return { ...term, mayNotApply: mayNotApply(term), clause: before?.clause ?? "", note: before?.note ?? "" };
  });
}
