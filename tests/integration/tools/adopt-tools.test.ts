import { describe, expect, test } from "vitest";
import { getLedgerPage, getLedgerSize, verifyLedger } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getCatalogueEntry, getCataloguePage, getRegisterPage } from "#lib/domain/tools/queries.ts";
import { listCatalogue } from "#lib/domain/tools/store.ts";
import { Conflict, Forbidden, InvalidInput } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { today } from "#tests/support/coverage.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

test("only what is prohibited applies at once; all else waits for a decision", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const adoption = await adoptTools(as.privacy_officer, {
    keys: ["deepseek-web-chat", "openai-chatgpt-enterprise", "openai-chatgpt-consumer"],
  });
  expect(adoption).toMatchObject({ adopted: 3, prohibited: 2, already: 0 });
  const { rows } = await getRegisterPage(as.privacy_officer, {});
  expect(rows.map((row) => [row.product, row.surface, row.status, row.standing.standing])).toMatchInlineSnapshot(`
    [
      [
        "ChatGPT",
        "Enterprise and Edu (bought through sales)",
        "needs_review",
        "ask",
      ],
      [
        "ChatGPT",
        "Free, Go, Plus and Pro",
        "prohibited",
        "may_not_use",
      ],
      [
        "DeepSeek Chat",
        "Web chat, free",
        "prohibited",
        "may_not_use",
      ],
    ]
  `);
  expect(await verifyLedger(as.privacy_officer, {})).toMatchObject({ firstBad: null });
});

test("an adoption keeps the entry's facts and hash, and says so in the ledger; a prohibition is a decision of the adopter", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { toolIds } = await adoptTools(as.privacy_officer, { keys: ["deepseek-web-chat"] });
  const tool = await toolNow(as.owner, toolIds[0] ?? "");
  const entry = listCatalogue().find(({ key }) => key === "deepseek-web-chat");
  expect(tool).toMatchObject({ catalogueKey: entry?.key, catalogueHash: entry?.sha256, deepseek: "own", version: 1 });
  expect(tool.facts).toMatchObject({ why: entry?.why, asOf: entry?.asOf, sources: entry?.sources, baa: "none" });
  expect(tool.hostnames.map(({ name }) => name)).toEqual(["chat.deepseek.com", "deepseek.com", "www.deepseek.com"]);
  expect(tool.decisions).toMatchObject([
    { number: 1, status: "prohibited", basis: "deepseek_rule", decidedBy: "Dana Whitfield", reason: entry?.why.en },
  ]);
  const { events } = await getLedgerPage(as.owner, {});
  expect(events.slice(0, 2)).toMatchObject([
    { type: "tool.prohibited", object: { id: tool.id }, data: { product: "DeepSeek Chat", basis: "deepseek_rule" } },
    { type: "tool.adopted", data: { catalogueKey: "deepseek-web-chat", catalogueSha256: entry?.sha256 } },
  ]);
});

test("the same entry again, or twice in one list, adds nothing and is no event", async () => {
  const { as, system } = await mintClinic(["owner", "privacy_officer"]);
  const keys = ["deepseek-api", "deepseek-api", "openai-chatgpt-enterprise"];
  expect(await adoptTools(as.owner, { keys })).toMatchObject({ adopted: 2, already: 0 });
  const { size } = await getLedgerSize(system, {});
  expect(await adoptTools(as.privacy_officer, { keys })).toEqual({
    adopted: 0,
    prohibited: 0,
    already: 2,
    retired: 0,
    toolIds: [],
  });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
  expect(await getRegisterPage(as.owner, {})).toMatchObject({ total: 2 });
});

test("a tool that was typed in under the same names is not adopted beside it", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const entry = listCatalogue().find(({ key }) => key === "openai-chatgpt-enterprise");
  const typed = { vendor: entry?.vendor.toUpperCase(), product: entry?.product, surface: entry?.surface };
  await registerTool(as.owner, { ...typedTool("any"), ...typed } as Parameters<typeof registerTool>[1]);
  expect(await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] })).toMatchObject({ adopted: 0, already: 1 });
});

describe("a tool that was retired", () => {
  const key = "openai-chatgpt-enterprise";

  async function retired() {
    const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
    const { as } = clinic;
    const { toolIds } = await adoptTools(as.owner, { keys: [key] });
    const [toolId = ""] = toolIds;
    await decideTool(as.owner, { toolId, version: 1, status: "retired", reason: "Nobody uses it" });
    return { ...clinic, toolId };
  }

  test("is not adopted a second time, and whoever tries is led to it with the day of its retirement", async () => {
    const { as, system, toolId } = await retired();
    const { size } = await getLedgerSize(system, {});
    await expect(adoptTools(as.privacy_officer, { keys: [key] })).rejects.toMatchObject({
      code: "tool.retired_earlier",
      params: { toolId, product: "ChatGPT", retiredOn: today },
    });
    const typed = listCatalogue().find((entry) => entry.key === key);
    const names = { vendor: typed?.vendor ?? "", product: typed?.product ?? "", surface: typed?.surface ?? "" };
    await expect(registerTool(as.owner, typedTool("any", names))).rejects.toMatchObject({
      ...{ code: "tool.retired_earlier", field: "product", params: { toolId } },
    });
    expect(await getCatalogueEntry(as.owner, { key })).toMatchObject({ toolId, retiredOn: today });
    const { rows } = await getCataloguePage(as.owner, { q: "chatgpt" });
    expect(rows.filter((entry) => entry.retired).map((entry) => entry.toolId)).toEqual([toolId]);
    expect(await getLedgerSize(system, {})).toMatchObject({ size });
  });

  test("among others is counted, and the others are adopted", async () => {
    const { as } = await retired();
    expect(await adoptTools(as.owner, { keys: [key, "openai-chatgpt-consumer"] })).toMatchObject({
      ...{ adopted: 1, already: 1, retired: 1 },
    });
  });

  test("comes back by a new decision, with its history, and is a tool like any other", async () => {
    const { as, toolId } = await retired();
    const old = await toolNow(as.owner, toolId);
    expect(old.standing.standing).toBe("may_not_use");
    const review = { status: "needs_review", reason: "Somebody asked for it" } as const;
    await decideTool(as.privacy_officer, { toolId, version: old.version, ...review });
    const back = await toolNow(as.owner, toolId);
    expect(back.standing).toEqual({ standing: "ask", reasons: ["under_review"] });
    expect(back.decisions.map(({ status }) => status)).toEqual(["needs_review", "retired"]);
    expect(await getCatalogueEntry(as.owner, { key })).toMatchObject({ toolId, retiredOn: null });
    expect(await adoptTools(as.owner, { keys: [key] })).toMatchObject({ adopted: 0, already: 1, retired: 0 });
  });
});

test("all that the catalogue prohibits is adopted with one command, and nothing of it is left then", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const { prohibitedLeft } = await getCataloguePage(as.owner, {});
  expect(prohibitedLeft).toBeGreaterThan(20);
  expect(await adoptTools(as.privacy_officer, { all: "prohibited" })).toMatchObject({
    adopted: prohibitedLeft,
    prohibited: prohibitedLeft,
  });
  expect(await getCataloguePage(as.owner, {})).toMatchObject({ prohibitedLeft: 0 });
  expect((await getRegisterPage(as.owner, {})).counts).toEqual({ prohibited: prohibitedLeft });
  expect(await verifyLedger(as.owner, {})).toMatchObject({ firstBad: null });
});

test("the whole catalogue fits into one adoption", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const keys = listCatalogue().map(({ key }) => key);
  expect(await adoptTools(as.owner, { keys })).toMatchObject({ adopted: keys.length, already: 0 });
});

test("two who adopt the same at the same moment make one tool", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const keys = ["deepseek-web-chat"];
  const results = await Promise.allSettled([adoptTools(as.owner, { keys }), adoptTools(as.privacy_officer, { keys })]);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toBeInstanceOf(Conflict);
  }
  expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
  expect(await getRegisterPage(as.owner, {})).toMatchObject({ total: 1 });
});

test.each(["manager", "staff", "auditor"] as const)("a %s adopts nothing", async (role) => {
  const { as, system } = await mintClinic(["owner", role]);
  const { size } = await getLedgerSize(system, {});
  await expect(adoptTools(as[role], { all: "prohibited" })).rejects.toBeInstanceOf(Forbidden);
  await expect(adoptTools(system, { all: "prohibited" })).rejects.toBeInstanceOf(Forbidden);
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("a list with one unknown entry is refused as a whole, and leaves nothing", async () => {
  const { as, system } = await mintClinic(["owner", "privacy_officer"]);
  const { size } = await getLedgerSize(system, {});
  await expect(adoptTools(as.owner, { keys: ["deepseek-api", "no-such-entry"] })).rejects.toMatchObject({
    code: "catalogue.entry_unknown",
    params: { key: "no-such-entry" },
  });
  expect(await getRegisterPage(as.owner, {})).toMatchObject({ total: 0 });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("nothing ticked is said to be nothing ticked", async () => {
  const { as } = await mintClinic(["owner"]);
  const adoption = adoptTools(as.owner, { keys: [] });
  await expect(adoption).rejects.toBeInstanceOf(InvalidInput);
  await expect(adoption).rejects.toMatchObject({ issues: [{ path: "keys", code: "nothing_chosen" }] });
});
