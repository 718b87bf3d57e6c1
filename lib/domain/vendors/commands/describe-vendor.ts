import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { DescribeVendor } from "#lib/domain/vendors/schema.ts";
import { requireVendor } from "#lib/domain/vendors/store.ts";
import { Forbidden, refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/**
 * What the clinic knows of a vendor, and whether it is a business associate (45 CFR 160.103): a person's judgement with
 * its reason, of which the ledger keeps every earlier one.
 */
export const describeVendor = defineCommand(
  "describe-vendor",
  "vendor.keep",
  DescribeVendor,
  async ({ tx, ctx }, { vendorId, version, ...described }) => {
    const describedBy = actingMemberId(ctx);
    if (describedBy === null) throw new Forbidden("vendor.keep");
    const vendor = await requireVendor(tx, vendorId);
    const isSame = Object.entries(described).every(
      ([field, value]) => vendor[field as keyof typeof described] === value,
    );
    // The first time even "unknown" is an answer that somebody gave.
    if (isSame && vendor.version === version && (await isDescribed(tx, vendorId))) return unchanged({ vendorId });
    const { count } = await tx.vendor.updateMany({
      where: { id: vendorId, version },
      data: { ...described, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("vendor.changed_meanwhile", { name: vendor.name });
    await tx.vendorDescription.create({
      data: { ...described, vendorId, number: version + 1, describedBy, describedAt: ctx.now },
      select: { number: true },
    });
    return done({ vendorId }, { type: "vendor.described", id: vendorId, ...described });
  },
);

// What it came into the list with is the first.
async function isDescribed(tx: ClinicTx, vendorId: string): Promise<boolean> {
  return (await tx.vendorDescription.count({ where: { vendorId, number: { gt: 1 } } })) > 0;
}
