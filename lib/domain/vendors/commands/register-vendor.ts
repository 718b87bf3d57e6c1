import "server-only";
import { defineCommand, done } from "#lib/domain/command.ts";
import { RegisterVendor } from "#lib/domain/vendors/schema.ts";
import { ensureVendors, vendorKeyOf } from "#lib/domain/vendors/steps.ts";
import { refuse } from "#lib/kernel/errors.ts";

/** Takes a vendor into the list before any tool of theirs is in the register. One that reads the same is refused. */
export const registerVendor = defineCommand(
  "register-vendor",
  "vendor.keep",
  RegisterVendor,
  async ({ tx, ctx }, { name, jurisdiction }) => {
    const nameKey = vendorKeyOf(name);
    // A name of signs alone could not be told from another.
    if (nameKey === "") throw refuse("vendor.name_without_letters", {}, "name");
    const { vendors, events } = await ensureVendors(tx, ctx, [{ name, jurisdiction }]);
    const vendor = vendors.get(nameKey);
    const [registered] = events;
    if (vendor === undefined) throw new Error("a vendor that was ensured is there");
    if (registered === undefined) {
      throw refuse("vendor.already_listed", { name: vendor.name, vendorId: vendor.id }, "name");
    }
    return done({ vendorId: vendor.id }, registered);
  },
);
