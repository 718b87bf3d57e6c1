import { expect, test } from "vitest";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getMayIUseIt } from "#lib/domain/tools/look-up/queries.ts";
import { getRegisterPage, getToolPage } from "#lib/domain/tools/queries.ts";
import { Forbidden } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { registerHosted, typedTool } from "#tests/support/tools.ts";

type Answer = Awaited<ReturnType<typeof getMayIUseIt>>;
const said = ({ results }: Answer) =>
  results.map(({ product, standing }) => `${product}: ${standing.standing} (${standing.reasons.join(", ")})`);

/** A clinic whose register holds one tool on these hosts, approved without patient data. */
async function withNorthwind(...hostnames: string[]) {
  const clinic = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { toolId } = await registerTool(clinic.as.owner, typedTool("Northwind Chat", { hostnames }));
  const conditions = ["Nothing about patients goes in"];
  await decideTool(clinic.as.owner, { toolId, version: 1, status: "not_for_phi", reason: "Letters", conditions });
  return { ...clinic, toolId };
}
const YES = ["Northwind Chat: may_use_without_phi (approved_without_phi)"];

test("staff ask by name, in a sentence or in other letters, and are told the standing, its conditions and whom to ask", async () => {
  const { as, toolId } = await withNorthwind();
  for (const q of [
    "Northwind Chat",
    "northwind",
    "Can I use NORTHWIND-chat?",
    "¿Puedo usar Northwind?",
    "Ｎｏｒｔｈｗｉｎｄ",
  ]) {
    const answer = await getMayIUseIt(as.staff, { q });
    expect(said(answer)).toEqual(YES);
    expect(answer.results[0]).toMatchObject({ toolId, conditions: [{ text: "Nothing about patients goes in" }] });
    expect(answer.officers).toEqual(["Dana Whitfield"]);
  }
});

test.each([
  ["the host itself", ["chat.northwind.example"], "https://chat.northwind.example/login?next=%2F", true],
  ["with www before it", ["northwind.example"], "www.northwind.example", true],
  ["of a parent's name", ["northwind.example"], "a.b.northwind.example", true],
  ["of a child's name", ["chat.northwind.example"], "northwind.example", true],
  ["under a wildcard", ["*.northwind.example"], "chat.northwind.example", true],
  ["a wildcard's own parent", ["*.northwind.example"], "northwind.example", true],
  ["that only ends alike", ["northwind.example"], "notnorthwind.example", false],
  ["that only begins alike", ["northwind.example"], "northwind.example.org", false],
  ["beside it", ["chat.northwind.example"], "mail.northwind.example", false],
  ["of the same top level", ["chat.northwind.example"], "other.example", false],
])("an address %s", async (_, hostnames, q, found) => {
  const { as } = await withNorthwind(...hostnames);
  expect(said(await getMayIUseIt(as.staff, { q }))).toEqual(found ? YES : []);
});

test("where several fit, the one nearest to the address comes first", async () => {
  const { as } = await withNorthwind("northwind.example");
  await registerTool(as.owner, typedTool("Answers", { hostnames: "*.northwind.example" }));
  await registerTool(as.owner, typedTool("Zebra", { hostnames: "chat.northwind.example" }));
  const { results } = await getMayIUseIt(as.staff, { q: "https://chat.northwind.example" });
  expect(results.map(({ product }) => product)).toEqual(["Zebra", "Northwind Chat", "Answers"]);
});

test.each([
  ["chat.deepseek.com", "DeepSeek Chat"],
  ["https://www.deepseek.com/", "DeepSeek Chat"],
  ["api.deepseek.com", "DeepSeek Open Platform"],
  ["perplexity.ai", "Perplexity"],
])("of several tools at %s the one that the address names comes first: %s", async (q, product) => {
  const { as } = await mintClinic(["owner", "staff"]);
  const first = async () => (await getMayIUseIt(as.staff, { q })).results[0]?.product;
  if (q.includes("deepseek")) expect(await first()).toBe(product);
  await adoptTools(as.owner, { all: "prohibited" });
  expect(await first()).toBe(product);
});

test.each([
  ["claude.ai", "Claude"],
  ["chatgpt.com", "ChatGPT"],
  ["Microsoft Copilot", "Microsoft Copilot"],
  ["MiniMax", "MiniMax"],
  ["Vertex AI", "Vertex AI"],
  ["gemini", "Gemini app"],
  ["openai", "ChatGPT"],
  ["perplexity ai", "Perplexity"],
])("of what only the catalogue knows the nearest to “%s” comes first", async (q, product) => {
  const { as } = await mintClinic(["owner", "staff"]);
  const { inCatalogue } = await getMayIUseIt(as.staff, { q });
  expect(inCatalogue[0]?.product).toBe(product);
});

test("an address is no list of words: what only has its parts somewhere is not meant", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  const { results } = await getMayIUseIt(as.staff, { q: "deepseek.com" });
  expect(results.map(({ standing }) => standing.reasons)).not.toContainEqual(["deepseek_blanket"]);
  expect((await getMayIUseIt(as.staff, { q: "c.ai" })).inCatalogue).toEqual([]);
});

test("a short word of one name is not found inside a long word of another", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  const { inCatalogue } = await getMayIUseIt(as.staff, { q: "Le Chat" });
  expect(new Set(inCatalogue.map(({ product }) => product))).toEqual(new Set(["Le Chat"]));
});

test("of an address only the host is said back: a path or a password may hold a patient", async () => {
  const { as } = await withNorthwind("northwind.example");
  const answer = await getMayIUseIt(as.staff, { q: "https://dana:secret@northwind.example/patients/Jo?dob=1960" });
  expect(answer).toMatchObject({ asked: "northwind.example" });
  expect(JSON.stringify(answer)).not.toMatch(/secret|patients\/Jo|1960/);
});

test.each([
  ["deepseek"],
  ["Deep Seek"],
  ["may I use DeepSeek R1 on my phone?"],
  ["DeepSeek V9 for iPad"],
  ["https://chat.deepseek.com/a/b"],
  ["eu.api.deepseek.com"],
  ["deepseek.cn"],
  ["https://www.deepseek.ai"],
])("“%s” may not be used, whether or not the clinic has adopted DeepSeek", async (q) => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const asNobodyAdopted = await getMayIUseIt(as.staff, { q });
  await adoptTools(as.owner, { all: "prohibited" });
  const asAllAdopted = await getMayIUseIt(as.staff, { q });
  for (const { results } of [asNobodyAdopted, asAllAdopted]) {
    expect(results.length).toBeGreaterThan(0);
    for (const { standing } of results) expect(standing.standing).toBe("may_not_use");
    expect(results.some(({ standing }) => standing.reasons.includes("deepseek_own"))).toBe(true);
  }
  expect(new Set(asAllAdopted.results.map(({ product, surface }) => `${product}, ${surface.text}`)).size).toBe(
    asAllAdopted.results.length,
  );
  expect(asAllAdopted.results.every(({ toolId }) => toolId !== null)).toBe(true);
});

test("DeepSeek weights on another host answer as the register stands: blanket, then under review once narrowed", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { toolId } = await registerHosted(as.owner, "Northwind R1");
  expect(said(await getMayIUseIt(as.staff, { q: "northwind r1" }))).toEqual([
    "Northwind R1: may_not_use (deepseek_blanket)",
  ]);
  await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale: "Our own account" });
  expect(said(await getMayIUseIt(as.staff, { q: "northwind r1" }))).toEqual(["Northwind R1: ask (under_review)"]);
});

test("a tool that only the catalogue knows is named, and left to the privacy officer", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const answer = await getMayIUseIt(as.staff, { q: "ChatGPT Enterprise" });
  expect(answer.results).toEqual([]);
  expect(answer.inCatalogue).toMatchObject([
    {
      catalogueKey: "openai-chatgpt-enterprise",
      product: "ChatGPT",
      surface: { text: "Enterprise and Edu (bought through sales)" },
    },
  ]);
});

test.each([
  "Quokkanator 9000",
  "https://quokkanator.example",
  "🙂",
  "%",
  "_",
  "?!…",
  "'; DROP TABLE tool; --",
  "co.uk",
])("what nobody knows, such as “%s”, has no answer but whom to ask", async (q) => {
  const { as } = await withNorthwind("northwind.example");
  expect(await getMayIUseIt(as.staff, { q })).toMatchObject({
    results: [],
    inCatalogue: [],
    officers: ["Dana Whitfield"],
  });
});

test("nothing asked is nothing answered", async () => {
  const { as } = await withNorthwind();
  expect(await getMayIUseIt(as.staff, { q: " \u200b " })).toMatchObject({ asked: "", results: [], inCatalogue: [] });
});

test("10 kB of anything is answered, with at most the longest answer", async () => {
  const { as } = await withNorthwind("northwind.example");
  await adoptTools(as.owner, { all: "prohibited" });
  for (const q of ["x".repeat(10_240), "a ".repeat(5_000), "a.".repeat(5_000), "deepseek ".repeat(1_200)]) {
    const answer = await getMayIUseIt(as.staff, { q });
    expect(answer.results.length).toBeLessThanOrEqual(20);
    expect(answer.asked.length).toBeLessThanOrEqual(253);
  }
});

test("another clinic's register gives no answer here", async () => {
  await withNorthwind("northwind.example");
  const { as } = await mintClinic(["owner", "staff"]);
  expect(said(await getMayIUseIt(as.staff, { q: "northwind" }))).toEqual([]);
  expect(said(await getMayIUseIt(as.staff, { q: "northwind.example" }))).toEqual([]);
});

test("staff look tools up and read no register: facts, decisions and history are not theirs", async () => {
  const { as, system, toolId } = await withNorthwind();
  expect((await getMayIUseIt(as.staff, { q: "northwind" })).results).toHaveLength(1);
  await expect(getRegisterPage(as.staff, {})).rejects.toBeInstanceOf(Forbidden);
  await expect(getToolPage(as.staff, { toolId })).rejects.toBeInstanceOf(Forbidden);
  await expect(getMayIUseIt(system, { q: "northwind" })).rejects.toBeInstanceOf(Forbidden);
});

test("a product of that name comes before one that only mentions it, whatever the alphabet says", async () => {
  const { as } = await withNorthwind();
  await registerTool(as.owner, typedTool("Assistant", { surface: "Plug-in for Northwind Chat" }));
  const { results } = await getMayIUseIt(as.staff, { q: "northwind chat" });
  expect(results.map(({ product }) => product)).toEqual(["Northwind Chat", "Assistant"]);
});

test("where the clinic decided otherwise than the catalogue recommends, the catalogue's reason is not said beside it", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  const { toolIds } = await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise", "openai-chatgpt-consumer"] });
  for (const toolId of toolIds) {
    const { tool } = await getToolPage(as.owner, { toolId });
    await decideTool(as.owner, { toolId, version: tool.version, status: "prohibited", reason: "Not needed" });
  }
  const { results } = await getMayIUseIt(as.staff, { q: "chatgpt" });
  const whys = Object.fromEntries(results.map(({ surface, why }) => [surface.text, why !== null]));
  expect(whys).toEqual({ "Enterprise and Edu (bought through sales)": false, "Free, Go, Plus and Pro": true });
});

test("a Spanish reader is told in Spanish why", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  await adoptTools(as.owner, { keys: ["deepseek-web-chat"] });
  const whyIn = async (locale: "en" | "es") =>
    (await getMayIUseIt({ ...as.staff, locale }, { q: "deepseek chat" })).results[0]?.why?.text;
  expect(await whyIn("en")).toContain("Don't use it for any work.");
  expect(await whyIn("es")).toContain("No lo use para nada del trabajo.");
});

test("a prohibited tool whose name reads like an address is found by that name", async () => {
  const { as } = await mintClinic(["owner", "staff"]);
  const { toolId } = await registerTool(as.owner, typedTool("Copy.ai", { hostnames: [] }));
  await decideTool(as.owner, { toolId, version: 1, status: "prohibited", reason: "Nobody read its terms" });
  expect(said(await getMayIUseIt(as.staff, { q: "Copy.ai" }))).toEqual(["Copy.ai: may_not_use (prohibited)"]);
});
