import { expect, test } from "vitest";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { describeVendor } from "#lib/domain/vendors/commands/describe-vendor.ts";
import { registerVendor } from "#lib/domain/vendors/commands/register-vendor.ts";
import { getVendorPage } from "#lib/domain/vendors/queries.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { typedTool } from "#tests/support/tools.ts";

const DESCRIBED = {
  businessAssociate: "yes",
  businessAssociateReason: "It receives visit recordings for us.",
  jurisdiction: "United States",
  website: "https://www.northwind.example/",
  contactName: "Ana Ruiz",
  contactEmail: "ana@northwind.example",
  notes: "Asked for the list of subcontractors.",
} as const;

test("a vendor is in the list before any tool of theirs, and a tool that is registered later is theirs", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { vendorId } = await registerVendor(as.privacy_officer, { name: "  Northwind\u200b Labs ", jurisdiction: "" });
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat", { vendor: "NORTHWIND labs." }));
  const { vendor, tools, baas, descriptions } = await getVendorPage(as.owner, { vendorId });
  // Nobody has judged anything yet, so a form has nothing to begin with.
  expect(descriptions).toEqual([]);
  expect(vendor).toMatchObject({ name: "Northwind Labs", addedBy: "Dana Whitfield", businessAssociate: "unknown" });
  expect(tools).toMatchObject([{ id: toolId, coverage: { gaps: ["no_baa_on_record", "path_not_on_record"] } }]);
  expect(baas).toEqual([]);
});

test("one that reads the same is refused with the one that is there, and leaves nothing", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Nabla Technologies", jurisdiction: "France" });
  const before = await contentsOf(clinicId);
  for (const name of ["nabla technologies", "Nabla-Technologies", "Ｎａｂｌａ Technologies", "NÁBLA TECHNOLOGIES"]) {
    await expect(registerVendor(as.owner, { name, jurisdiction: "" })).rejects.toMatchObject({
      code: "vendor.already_listed",
      params: { name: "Nabla Technologies", vendorId },
      field: "name",
    });
  }
  expect(await contentsOf(clinicId)).toEqual(before);
});

test("of five who type the same name at once one registers it", async () => {
  const { as, clinicId } = await mintClinic(["owner"]);
  const results = await Promise.allSettled(
    Array.from({ length: 5 }, () => registerVendor(as.owner, { name: "Nabla", jurisdiction: "" })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await eventsOf(clinicId, "vendor.registered")).toHaveLength(1);
});

test.each(["深度科技", "Ünïcödé Gesundheit GmbH", "مختبرات الشمال", "7", "Ab".repeat(60)])(
  "a name such as %s is kept as typed",
  async (name) => {
    const { as } = await mintClinic(["owner"]);
    const { vendorId } = await registerVendor(as.owner, { name, jurisdiction: "" });
    expect((await getVendorPage(as.owner, { vendorId })).vendor.name).toBe(name);
  },
);

test.each([
  ["", InvalidInput],
  ["\u200b\u2060", InvalidInput],
  ["x".repeat(121), InvalidInput],
  ["— !", { code: "vendor.name_without_letters" }],
  ["🙂", { code: "vendor.name_without_letters" }],
] as const)("a name such as %j is none", async (name, refusal) => {
  const { as } = await mintClinic(["owner"]);
  const attempt = registerVendor(as.owner, { name, jurisdiction: "" });
  await (typeof refusal === "function"
    ? expect(attempt).rejects.toBeInstanceOf(refusal)
    : expect(attempt).rejects.toMatchObject(refusal));
});

test("what is known of a vendor is kept, and the ledger keeps what was known before", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  await describeVendor(as.owner, { vendorId, version: 1, ...DESCRIBED });
  const changed = {
    ...DESCRIBED,
    businessAssociate: "no",
    businessAssociateReason: "It never gets patient data.",
  } as const;
  await describeVendor(as.privacy_officer, { vendorId, version: 2, ...changed });
  const { vendor, descriptions } = await getVendorPage(as.owner, { vendorId });
  expect(vendor).toMatchObject({ ...changed, version: 3 });
  expect(descriptions).toMatchObject([
    { businessAssociate: "no", describedBy: "Dana Whitfield" },
    { businessAssociate: "yes", describedBy: "Grace Okafor" },
  ]);
  const events = await eventsOf(clinicId, "vendor.described");
  expect(events.map(({ body }) => body.data.businessAssociate)).toEqual(["yes", "no"]);
  expect(JSON.stringify(events)).not.toMatch(/recordings|Ana Ruiz|northwind\.example/);
});

test("whether it is a business associate is asked, never assumed, and a yes or no has its reason", async () => {
  const { as } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  const issues = async (fields: object) => {
    const { businessAssociate: _, ...rest } = DESCRIBED;
    const attempt = describeVendor(as.owner, { vendorId, version: 1, ...rest, ...fields } as never);
    return attempt.then(
      () => [],
      (error: InvalidInput) => error.issues.map(({ path, code }) => [path, code]),
    );
  };
  expect(await issues({})).toEqual([["businessAssociate", "choose_business_associate"]]);
  expect(await issues({ businessAssociate: "maybe" })).toEqual([["businessAssociate", "choose_business_associate"]]);
  for (const businessAssociate of ["yes", "no"]) {
    expect(await issues({ businessAssociate, businessAssociateReason: " \n " })).toEqual([
      ["businessAssociateReason", "required"],
    ]);
  }
  expect(await issues({ businessAssociate: "unknown", businessAssociateReason: "" })).toEqual([]);
  expect((await getVendorPage(as.owner, { vendorId })).vendor).toMatchObject({
    businessAssociate: "unknown",
    version: 2,
  });
});

test.each([
  ["northwind.example", "https://northwind.example"],
  [" HTTP://northwind.example/a?b#c ", "HTTP://northwind.example/a?b#c"],
  ["https://müller.example", "https://müller.example"],
  ["", ""],
] as const)("a website typed as %j is kept as %j", async (typed, kept) => {
  const { as } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  await describeVendor(as.owner, { vendorId, version: 1, ...DESCRIBED, website: typed });
  expect((await getVendorPage(as.owner, { vendorId })).vendor.website).toBe(kept);
});

test.each([
  ["website", "javascript:alert(1)", "web_address_not_understood"],
  ["website", "data:text/html,x", "web_address_not_understood"],
  ["website", "not a site", "web_address_not_understood"],
  ["website", "localhost", "web_address_not_understood"],
  ["website", `https://northwind.example/${"x".repeat(300)}`, "web_address_not_understood"],
  ["contactEmail", "ana at northwind", "email_not_understood"],
] as const)("a %s such as %j is refused beside its field", async (field, typed, code) => {
  const { as } = await mintClinic(["owner"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  const attempt = describeVendor(as.owner, { vendorId, version: 1, ...DESCRIBED, [field]: typed });
  await expect(attempt).rejects.toMatchObject({ issues: [{ path: field, code }] });
});

test("who describes on an old page is told and changes nothing; the same again changes nothing either", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer"]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  await describeVendor(as.owner, { vendorId, version: 1, ...DESCRIBED });
  const before = await contentsOf(clinicId);
  const stale = describeVendor(as.privacy_officer, { vendorId, version: 1, ...DESCRIBED, notes: "Another." });
  await expect(stale).rejects.toMatchObject({ code: "vendor.changed_meanwhile", params: { name: "Northwind" } });
  await describeVendor(as.owner, { vendorId, version: 2, ...DESCRIBED });
  expect(await contentsOf(clinicId)).toEqual(before);
});

test("another clinic's vendor is what an unknown one is", async () => {
  const [one, other] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
  const { vendorId } = await registerVendor(other.as.owner, { name: "Northwind", jurisdiction: "" });
  for (const id of [vendorId, newId()]) {
    await expect(describeVendor(one.as.owner, { vendorId: id, version: 1, ...DESCRIBED })).rejects.toBeInstanceOf(
      NotFound,
    );
    await expect(getVendorPage(one.as.owner, { vendorId: id })).rejects.toBeInstanceOf(NotFound);
  }
  await registerVendor(one.as.owner, { name: "Northwind", jurisdiction: "" });
});

test.each(["manager", "staff", "auditor"] as const)("a %s keeps no vendors", async (role) => {
  const { as, system } = await mintClinic(["owner", role]);
  const { vendorId } = await registerVendor(as.owner, { name: "Northwind", jurisdiction: "" });
  for (const who of [as[role], system]) {
    await expect(registerVendor(who, { name: "Other", jurisdiction: "" })).rejects.toBeInstanceOf(Forbidden);
    await expect(describeVendor(who, { vendorId, version: 1, ...DESCRIBED })).rejects.toBeInstanceOf(Forbidden);
  }
  const reading = getVendorPage(as[role], { vendorId });
  if (role === "staff") await expect(reading).rejects.toBeInstanceOf(Forbidden);
  else expect((await reading).vendor.version).toBe(1);
});
