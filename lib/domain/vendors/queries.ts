import "server-only";
import { z } from "zod";
import { withNames } from "#lib/domain/clinic/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import type { DescriptionShown } from "#lib/domain/vendors/baas/schema.ts";
import { listBaasShown, vendorTools } from "#lib/domain/vendors/baas/store.ts";
import { type BusinessAssociate, VendorsPage, VendorsRows } from "#lib/domain/vendors/schema.ts";
import { countVendorsByAssociate, findVendorsPage, requireVendor } from "#lib/domain/vendors/store.ts";
import { titlesOfTerms } from "#lib/domain/vendors/terms/store.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";

/** One page of the vendor list, how many vendors fit, and how many are business associates. */
export const getVendorsPage = defineQuery("vendors-page", "vendor.read", VendorsPage, async ({ tx, ctx }, input) => {
  const { rows, total } = await findVendorsPage(tx, input, ctx.today);
  return { rows, total, counts: await countVendorsByAssociate(tx), today: ctx.today, asOf: ctx.now };
});

/** The vendor list on all its pages, for its files. */
export const getVendorsRows = defineQuery(
  "vendors-rows",
  "vendor.read",
  VendorsRows,
  async ({ tx, ctx }, input) => {
    const { rows, total } = await findVendorsPage(tx, { ...input, page: 1, size: LIST_ROWS_MAX }, ctx.today);
    return { rows, total, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

/** A vendor with what is known of it, its tools with what covers each today, and its BAAs with all their versions. */
export const getVendorPage = defineQuery(
  "vendor-page",
  "vendor.read",
  z.object({ vendorId: z.uuid() }),
  async ({ tx, ctx }, { vendorId }) => {
    const vendor = await requireVendor(tx, vendorId);
    const descriptions = await tx.vendorDescription.findMany({
      // What a vendor came into the list with is nobody's judgement yet.
      where: { vendorId, NOT: { number: 1, businessAssociate: "unknown", businessAssociateReason: "" } },
      orderBy: { number: "desc" },
      take: 200,
    });
    const shown = await withNames(tx, (nameOf) => ({
      descriptions: descriptions.map(
        ({ number, businessAssociate, businessAssociateReason, describedBy, describedAt, recordedAt }) =>
          ({
            ...{ number, businessAssociateReason, describedAt, recordedAt },
            businessAssociate: businessAssociate as BusinessAssociate,
            describedBy: nameOf(describedBy),
          }) satisfies DescriptionShown,
      ),
      vendor: { ...vendor, addedBy: nameOf(vendor.addedBy) },
    }));
    return {
      ...shown,
      ...(await vendorTools(tx, vendorId, ctx.today)),
      baas: await listBaasShown(tx, { vendorId }, ctx.today),
      termTitles: titlesOfTerms(ctx.locale),
      today: ctx.today,
      asOf: ctx.now,
    };
  },
);
