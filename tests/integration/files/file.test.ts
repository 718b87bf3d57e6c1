import { expect, test } from "vitest";
import { getFile } from "#lib/domain/files/queries.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { registerVendor } from "#lib/domain/vendors/commands/register-vendor.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { baaNow, pdf, typedBaa } from "#tests/support/baas.ts";
import { mintClinic } from "#tests/support/clinic.ts";

async function withFile() {
  const clinic = await mintClinic();
  const { vendorId } = await registerVendor(clinic.as.owner, { name: "Northwind", jurisdiction: "" });
  const file = { name: "Vertrag 契約.pdf", bytes: pdf() };
  const { baaId } = await recordBaa(clinic.as.owner, typedBaa(vendorId, { file }));
  const [version] = (await baaNow(clinic.as.owner, { vendorId, baaId })).versions;
  return { ...clinic, fileId: version?.documents[0]?.id ?? "" };
}

test.each(["owner", "privacy_officer", "manager", "auditor"] as const)(
  "a kept file is there for a %s",
  async (role) => {
    const { as, fileId } = await withFile();
    const file = await getFile(as[role], { fileId });
    expect(file).toMatchObject({
      name: "Vertrag 契約.pdf",
      mediaType: "application/pdf",
      sizeBytes: file.bytes.length,
    });
    expect(new TextDecoder().decode(file.bytes)).toBe(new TextDecoder().decode(pdf()));
  },
);

test("staff and jobs get no file, whoever's it is", async () => {
  const { as, system, fileId } = await withFile();
  for (const who of [as.staff, system]) {
    for (const id of [fileId, newId()]) await expect(getFile(who, { fileId: id })).rejects.toBeInstanceOf(Forbidden);
  }
});

test("another clinic's file is what an unknown one is, and what is no id is none", async () => {
  const [one, other] = [await mintClinic(["owner"]), await withFile()];
  for (const fileId of [other.fileId, newId()]) {
    await expect(getFile(one.as.owner, { fileId })).rejects.toBeInstanceOf(NotFound);
  }
  for (const fileId of ["", "..", "1 OR 1=1"]) {
    await expect(getFile(one.as.owner, { fileId })).rejects.toBeInstanceOf(InvalidInput);
  }
});
