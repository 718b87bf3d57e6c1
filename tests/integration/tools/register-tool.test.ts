import { expect, test } from "vitest";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getMayIUseIt } from "#lib/domain/tools/look-up/queries.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { Conflict, Forbidden, InvalidInput, Refusal } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

test("a typed tool waits for a decision, with what was typed and nothing that nobody asked about", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const hostnames = "https://chat.northwind.example/login\n*.northwind.example\nCHAT.northwind.example:443";
  const { toolId, status } = await registerTool(as.privacy_officer, typedTool("Northwind Chat", { hostnames }));
  expect(status).toBe("needs_review");
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ vendor: "Northwind Labs", product: "Northwind Chat", surface: "Team plan", modelFamily: "not-disclosed" },
    ...{ status: "needs_review", deepseek: "none", catalogueKey: null, decisions: [], version: 1 },
    hostnames: [
      { name: "*.northwind.example", verified: false },
      { name: "chat.northwind.example", verified: false },
    ],
    facts: {
      ...{ baa: "unknown", trainsOnInputs: "unknown", recommendation: null, sources: [], confidence: null },
      why: { en: "Asked for by the front desk.", es: "Asked for by the front desk." },
    },
    standing: { standing: "ask", reasons: ["not_decided"] },
  });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events.find(({ type }) => type === "tool.registered")).toMatchObject({
    object: { type: "tool", id: toolId },
    data: { vendor: "Northwind Labs", product: "Northwind Chat", surface: "Team plan", deepseek: "none" },
  });
});

test("a host is kept as computers write it, whatever letters it was typed in", async () => {
  const { as } = await mintClinic(["owner"]);
  const hostnames = "Müller-Praxis.example\nhttps://*.bücher.example/login\nxn--mller-praxis-dlb.example\n例え。テスト";
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Chat", { hostnames }));
  const names = (await toolNow(as.owner, toolId)).hostnames.map(({ name }) => name);
  expect(names.sort()).toEqual(["*.xn--bcher-kva.example", "xn--mller-praxis-dlb.example", "xn--r8jz45g.xn--zckzah"]);
  expect(await getMayIUseIt(as.owner, { q: "müller-praxis.example" })).toMatchObject({ results: [{ toolId }] });
});

test.each([
  ["DeepSeek as the vendor", { vendor: "Deep\u200bSeek" }, "own"],
  ["DeepSeek's own host under another name", { hostnames: "chat.deepseek.com" }, "own"],
  ["DeepSeek in look-alike letters", { product: "Dеерѕеек Chat" }, "own"],
  ["DeepSeek's app under another vendor", { product: "DeepSeek", surface: "Android app" }, "own"],
  ["the company behind DeepSeek", { vendor: "High-Flyer" }, "own"],
  ["DeepSeek in what it does", { why: "Passes what is typed on to DeepSeek." }, "hosted"],
  ["DeepSeek's weights elsewhere", { modelFamily: "ＤｅｅｐＳｅｅｋ R1" }, "hosted"],
] as const)("%s is prohibited the moment it is typed, as a decision that says so", async (_, fields, deepseek) => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolId, status } = await registerTool(as.owner, typedTool("Helper", fields));
  expect(status).toBe("prohibited");
  expect(await toolNow(as.owner, toolId)).toMatchObject({
    ...{ deepseek, deepseekNarrowed: false, status: "prohibited" },
    decisions: [{ number: 1, status: "prohibited", basis: "deepseek_rule", decidedBy: "Grace Okafor" }],
  });
  const { events } = await getLedgerPage(as.owner, {});
  const types = events.map(({ type }) => type).filter((type) => type.startsWith("tool."));
  expect(types).toEqual(["tool.prohibited", "tool.registered"]);
});

test("a twin in other letters is refused with its names, and leaves nothing", async () => {
  const { as, system } = await mintClinic(["owner", "privacy_officer"]);
  await registerTool(as.owner, typedTool("Northwind Chat"));
  const { size } = await getLedgerSize(system, {});
  const twin = registerTool(as.owner, typedTool("NORTHWIND – Chat\u200d!"));
  await expect(twin).rejects.toBeInstanceOf(Refusal);
  await expect(twin).rejects.toMatchObject({ code: "tool.already_registered", field: "product" });
  expect(await getRegisterPage(as.owner, {})).toMatchObject({ total: 1 });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("of two who type the same at the same moment one is told, and the register holds it once", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const results = await Promise.allSettled([
    registerTool(as.owner, typedTool("Northwind Chat")),
    registerTool(as.privacy_officer, typedTool("northwind chat")),
  ]);
  const [told] = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(told instanceof Conflict || told instanceof Refusal).toBe(true);
  expect(await getRegisterPage(as.owner, {})).toMatchObject({ total: 1 });
});

test("another clinic's tool of the same name is no twin", async () => {
  const [one, other] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
  await registerTool(one.as.owner, typedTool("Northwind Chat"));
  await registerTool(other.as.owner, typedTool("Northwind Chat"));
  expect(await getRegisterPage(other.as.owner, {})).toMatchObject({ total: 1 });
});

test.each(["manager", "staff", "auditor"] as const)("a %s registers nothing", async (role) => {
  const { as, system } = await mintClinic(["owner", role]);
  const { size } = await getLedgerSize(system, {});
  await expect(registerTool(as[role], typedTool("Northwind Chat"))).rejects.toBeInstanceOf(Forbidden);
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test.each([
  ["no product", { product: " \u200b " }, { path: "product", code: "required" }],
  ["too long a name", { vendor: "x".repeat(121) }, { path: "vendor", code: "too_long" }],
  ["no reason", { why: "" }, { path: "why", code: "required" }],
  [
    "hosts that are none",
    { hostnames: "ok.example.com\nchat example com\n\nlocalhost\nuser@example.com\n*.*.example.com" },
    {
      path: "hostnames",
      code: "hostnames_not_understood",
      params: { lines: "“chat example com”, “localhost”, “user@example.com”", more: 1 },
    },
  ],
  ["an address for a host", { hostnames: "192.168.0.1" }, { path: "hostnames", code: "hostnames_not_understood" }],
  ["a category of its own", { category: "magic" }, { path: "category", code: "not_a_choice" }],
])("with %s it says which field is wrong", async (_, fields, issue) => {
  const { as } = await mintClinic(["owner"]);
  const registration = registerTool(as.owner, { ...typedTool("Northwind Chat"), ...fields } as never);
  await expect(registration).rejects.toBeInstanceOf(InvalidInput);
  await expect(registration).rejects.toMatchObject({ issues: [issue] });
});
