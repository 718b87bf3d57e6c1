import "server-only";
import { defineCommand, done, unchanged } from "#lib/domain/command.ts";
import { assertMayRename } from "#lib/domain/tools/rules.ts";
import { RenameVendor } from "#lib/domain/vendors/schema.ts";
import { vendorKeyOf } from "#lib/domain/vendors/steps.ts";
import { requireVendor } from "#lib/domain/vendors/store.ts";
import { refuse } from "#lib/kernel/errors.ts";
import { renameToolsOf } from "#lib/platform/db/rename-tools.ts";

/**
 * Gives a vendor another name, and its tools with it. Decisions keep the name that they were made under, and the ledger
 * both. One that reads like another vendor's is refused, and so is one that would change what DeepSeek's prohibition covers.
 */
export const renameVendor = defineCommand(
  "rename-vendor",
  "vendor.keep",
  RenameVendor,
  async ({ tx }, { vendorId, version, name }) => {
    const vendor = await requireVendor(tx, vendorId);
    if (vendor.name === name && vendor.version === version) return unchanged({ vendorId });
    const nameKey = vendorKeyOf(name);
    if (nameKey === "") throw refuse("vendor.name_without_letters", {}, "name");
    const twin = await tx.vendor.findFirst({
      where: { nameKey, id: { not: vendorId } },
      select: { id: true, name: true },
    });
    if (twin !== null) throw refuse("vendor.already_listed", { name: twin.name, vendorId: twin.id }, "name");
    const tools = await tx.tool.findMany({
      where: { vendorId },
      select: { product: true, surface: true, modelFamily: true },
    });
    assertMayRename(vendor.name, name, tools);
    const { count } = await tx.vendor.updateMany({
      where: { id: vendorId, version },
      data: { name, nameKey, version: { increment: 1 } },
    });
    if (count === 0) throw refuse("vendor.changed_meanwhile", { name: vendor.name });
    await renameToolsOf(tx, vendorId, { name, nameKey });
    return done({ vendorId }, { type: "vendor.renamed", id: vendorId, formerName: vendor.name, name });
  },
  { timeoutSeconds: 30 },
);
