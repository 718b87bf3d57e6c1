import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { actingMemberId, type ClinicContext } from "#lib/domain/context.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { grantException } from "#lib/domain/tools/exceptions/commands/grant-exception.ts";
import { getMayIUseIt } from "#lib/domain/tools/look-up/queries.ts";
import { GOES_IN } from "#lib/domain/tools/requests/schema.ts";
import type { RegisterTool, Status } from "#lib/domain/tools/schema.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf } from "#tests/support/contents.ts";
import { coverTool, today } from "#tests/support/coverage.ts";
import { asApp } from "#tests/support/sql.ts";
import { toolNow, typedTool } from "#tests/support/tools.ts";

type Answer = Awaited<ReturnType<typeof getMayIUseIt>>;

/** A tool of the register, decided as said; an approval for patient data comes with all that covers it. */
async function decided(
  as: ClinicContext,
  product: string,
  status: Status | null,
  fields: Partial<z.input<typeof RegisterTool>> & { conditions?: string[]; reviewOn?: string } = {},
): Promise<string> {
  const { conditions = ["Nothing else"], reviewOn = "", ...typed } = fields;
  const { toolId } = await registerTool(as, typedTool(product, typed));
  if (status === "approved_for_phi") await coverTool(as, toolId, { reference: `BAA for ${toolId}` });
  if (status !== null) await decideTool(as, { toolId, version: 1, status, reason: "Read", conditions, reviewOn });
  return toolId;
}

const answers = ({ results }: Answer) => results.map(({ surface, sentence }) => `${surface.text}: ${sentence}`);

test("one tool is a yes, a no or an ask by what would go in, as its standing is today", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await decided(as.privacy_officer, "Northwind", "approved_for_phi", { surface: "Covered" });
  await decided(as.privacy_officer, "Northwind", "not_for_phi", { surface: "Office" });
  await decided(as.privacy_officer, "Northwind", "prohibited", { surface: "Free" });
  await decided(as.privacy_officer, "Northwind", null, { surface: "New" });
  await decided(as.privacy_officer, "Northwind", "retired", { surface: "Old" });
  const said = async (goesIn: (typeof GOES_IN)[number] | null) =>
    answers(await getMayIUseIt(as.staff, { q: "northwind", goesIn }));
  expect(await said("nothing")).toEqual([
    ...["Free: never.nothing", "Old: never.nothing", "New: ask.nothing", "Office: yes.nothing"],
    "Covered: yes.nothing",
  ]);
  expect(await said("deidentified")).toContain("Office: ask.deidentified");
  expect(await said("phi")).toEqual([
    ...["Free: never.phi", "Old: never.phi", "New: ask.phi", "Office: no.phi", "Covered: yes.phi"],
  ]);
  expect(await said(null)).toEqual([
    ...["Free: all.may_not_use", "Old: all.may_not_use", "New: all.ask", "Office: all.may_use_without_phi"],
    "Covered: all.may_use_with_phi",
  ]);
});

test.each(["Quokkanator", "ChatGPT Enterprise", "%", "not.known.example"])(
  "“%s”, on which nobody has decided, is never a yes",
  async (q) => {
    const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
    await adoptTools(as.owner, { keys: ["openai-chatgpt-consumer"] });
    for (const goesIn of [null, ...GOES_IN]) {
      const { results } = await getMayIUseIt(as.staff, { q, goesIn });
      expect(results.flatMap(({ verdicts }) => Object.values(verdicts))).not.toContain("yes");
    }
  },
);

test("an approval past its date is an ask for everything, patient data or none", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const toolId = await decided(as.privacy_officer, "Northwind", "not_for_phi", { reviewOn: addDays(today, 1) });
  const asked = async () => (await getMayIUseIt(as.staff, { q: "northwind" })).results[0]?.verdicts;
  expect(await asked()).toEqual({ nothing: "yes", deidentified: "ask", phi: "no" });
  const yesterday = addDays(today, -1);
  await asApp(clinicId, (sql) => sql("UPDATE tool SET review_on = $1 WHERE id = $2", [yesterday, toolId]));
  expect(await asked()).toEqual({ nothing: "ask", deidentified: "ask", phi: "ask" });
});

test("an exception is a yes for whom it names, without patient data, and says its last day", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "manager", "staff"]);
  const toolId = await decided(as.privacy_officer, "Northwind", "prohibited");
  const memberId = actingMemberId(as.staff);
  const endsOn = addDays(today, 5);
  await grantException(as.privacy_officer, { toolId, holder: "person", memberId, reason: "A trial", endsOn });
  const asked = async (ctx: ClinicContext) => (await getMayIUseIt(ctx, { q: "northwind" })).results[0];
  expect(await asked(as.staff)).toMatchObject({
    verdicts: { nothing: "yes", deidentified: "ask", phi: "no" },
    exceptionUntil: endsOn,
  });
  expect(await asked(as.manager)).toMatchObject({
    verdicts: { nothing: "no", deidentified: "no", phi: "no" },
    exceptionUntil: null,
  });
});

describe("what to use instead", () => {
  async function stocked() {
    const { as, ...clinic } = await mintClinic(["owner", "privacy_officer", "staff"]);
    const by = as.privacy_officer;
    await decided(by, "Northwind", "prohibited", { surface: "Free" });
    await decided(by, "Aardvark Notes", "approved_for_phi", { category: "scribe" });
    await decided(by, "Bluebird Chat", "not_for_phi");
    await decided(by, "Cormorant Chat", "not_for_phi");
    await decided(by, "Dunlin Chat", null);
    await decided(by, "Egret Chat", "prohibited");
    await decided(by, "Northwind", "approved_for_phi", { surface: "Enterprise" });
    return { as, ...clinic };
  }
  const named = ({ instead }: Answer) => instead.map(({ product, surface }) => `${product}, ${surface.text}`);

  test("is another plan of the product, then tools of its kind, then others for the same work, three at most", async () => {
    const { as } = await stocked();
    expect(named(await getMayIUseIt(as.staff, { q: "northwind free", goesIn: "nothing" }))).toEqual([
      ...["Northwind, Enterprise", "Bluebird Chat, Team plan", "Cormorant Chat, Team plan"],
    ]);
    expect(named(await getMayIUseIt(as.staff, { q: "egret" }))).toEqual([
      ...["Bluebird Chat, Team plan", "Cormorant Chat, Team plan", "Northwind, Enterprise"],
    ]);
  });

  test("allows what would go in", async () => {
    const { as } = await stocked();
    for (const [q, goesIn] of [
      ["northwind free", "phi"],
      ["bluebird", "deidentified"],
    ] as const) {
      expect(named(await getMayIUseIt(as.staff, { q, goesIn }))).toEqual(["Northwind, Enterprise"]);
    }
  });

  test("does the same work: a letter is not written with a scribe, and that there is nothing is said", async () => {
    const { as } = await stocked();
    await decided(as.owner, "Fulmar Office", "not_for_phi", { category: "productivity" });
    await decided(as.owner, "Gannet Translate", "prohibited", { category: "translation" });
    await decided(as.owner, "Heron Chart", null, { category: "ehr_embedded" });
    await decided(as.owner, "Ibis Agent", "retired", { category: "agent" });
    const asked = async (q: string, goesIn: "nothing" | "phi" | null = null) => {
      const answer = await getMayIUseIt(as.staff, { q, goesIn });
      return [...named(answer), answer.nothingFor];
    };
    expect(await asked("gannet")).toEqual(["translation"]);
    expect(await asked("DeepL")).toEqual(["translation"]);
    expect(await asked("heron")).toEqual(["Aardvark Notes, Team plan", null]);
    expect(await asked("ibis", "phi")).toEqual(["Northwind, Enterprise", null]);
    expect(await asked("ibis", "nothing")).toContain("Fulmar Office, Team plan");
    expect(await asked("egret", "phi")).not.toContain("Aardvark Notes, Team plan");
    // Nothing was looked for where the answer is a yes, where nobody knows the tool, or where another match is one.
    expect(await asked("bluebird", "nothing")).toEqual([null]);
    expect(await asked("quokkanator", "phi")).toEqual([null]);
    await decided(as.owner, "Gannet Scribe", "not_for_phi", { category: "scribe" });
    expect(await asked("gannet", "nothing")).toEqual([null]);
  });

  test("is nothing where the answer is a yes, or nobody knows what is meant", async () => {
    const { as } = await stocked();
    for (const [q, goesIn] of [
      ["northwind enterprise", "phi"],
      ["bluebird", "nothing"],
      ["quokkanator", "phi"],
    ] as const) {
      expect(named(await getMayIUseIt(as.staff, { q, goesIn }))).toEqual([]);
    }
  });

  test("leaves out an approval whose BAA has run out, from midnight of its last day on", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
    // 26 hours lie between these two zones, so at every moment they write different days.
    const [west, east] = ["Etc/GMT+12", "Pacific/Kiritimati"];
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe", { category: "scribe" }));
    await coverTool(as.owner, toolId, { ends: "on", expiresOn: calendarDateIn(west, new Date()) });
    const decision = { status: "approved_for_phi", reason: "Notes", conditions: "Only from clinic accounts" } as const;
    await decideTool({ ...as.owner, timeZone: west }, { toolId, version: 1, ...decision });
    await decided(as.owner, "Other Scribe", "prohibited", { category: "scribe" });
    const look = (timeZone: string) => getMayIUseIt({ ...as.staff, timeZone }, { q: "other scribe", goesIn: "phi" });
    expect(named(await look(west))).toEqual(["Northwind Scribe, Team plan"]);
    expect(named(await look(east))).toEqual([]);
  });
});

test("a product of exactly that name is found among a thousand that mention it", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const toolId = await decided(as.owner, "Zulu", "prohibited", { vendor: "Zzyzx" });
  await asApp(clinicId, (sql) =>
    sql(
      `INSERT INTO tool (vendor, vendor_id, product, surface, model_family, category, name_key, deepseek, status, status_since, facts, added_by, added_at)
       SELECT vendor, vendor_id, 'Aide ' || n, 'For Zulu', model_family, category, 'aaa · aide ' || n || ' · for zulu', deepseek, 'not_for_phi', status_since, facts, added_by, added_at
         FROM tool, generate_series(1, 1000) n WHERE id = $1`,
      [toolId],
    ),
  );
  const { results } = await getMayIUseIt(as.staff, { q: "zulu", goesIn: "nothing" });
  expect(results[0]).toMatchObject({ toolId, sentence: "never.nothing" });
  expect(results).toHaveLength(20);
});

test("a link by id answers that tool alone and says its name back, and no other clinic's", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const toolId = await decided(as.owner, "Northwind", "not_for_phi", { surface: "Office" });
  await decided(as.owner, "Northwind", "prohibited", { surface: "Free" });
  const found = await getMayIUseIt(as.staff, { toolId, goesIn: "phi" });
  expect(found).toMatchObject({ asked: "Northwind, Office", goesIn: "phi", results: [{ toolId }] });
  expect(found.results).toHaveLength(1);
  const again = await getMayIUseIt(as.staff, { q: found.asked, goesIn: "phi" });
  expect(again.results[0]?.toolId).toBe(toolId);
  await expect(getMayIUseIt(as.staff, { toolId: newId() })).rejects.toBeInstanceOf(NotFound);
});

test("what nothing is found for may be a slip: products of the register and of the catalogue are offered", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await decided(as.owner, "Northwind Chat", "not_for_phi");
  expect((await getMayIUseIt(as.staff, { q: "nortwind chat" })).nearMisses).toEqual(["Northwind Chat"]);
  expect((await getMayIUseIt(as.staff, { q: "chatgtp" })).nearMisses[0]).toBe("ChatGPT");
  expect((await getMayIUseIt(as.staff, { q: "northwind" })).nearMisses).toEqual([]);
});

test.each(["%", "🙂", "?!…", "_", "——"])("“%s” can't be looked up, and lists nothing", async (q) => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await decided(as.owner, "Northwind Chat", "not_for_phi");
  expect(await getMayIUseIt(as.staff, { q })).toMatchObject({
    ...{ asked: q, isReadable: false, results: [], inCatalogue: [], instead: [], nearMisses: [] },
  });
});

test("what the conditions say of the account is told apart from the other conditions", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const conditions = ["Only the clinic's work account.", "Web search is switched off."];
  await decided(as.owner, "Northwind Chat", "not_for_phi", { conditions });
  const { results } = await getMayIUseIt(as.staff, { q: "northwind" });
  expect(results[0]).toMatchObject({
    accounts: [{ text: "Only the clinic's work account." }],
    conditions: [{ text: "Web search is switched off." }],
  });
});

test("a Spanish reader has the catalogue's plan and conditions in Spanish, and the officer's own words as written", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const { toolIds } = await adoptTools(as.owner, { keys: ["openai-chatgpt-business"] });
  const [toolId = ""] = toolIds;
  const { version } = await toolNow(as.owner, toolId);
  const conditions = ["Clinic-managed accounts only.", "Nothing about patients goes in.", "Ask Grace for the link."];
  await decideTool(as.owner, { toolId, version, status: "not_for_phi", reason: "Letters", conditions });
  await decided(as.owner, "Northwind", "not_for_phi", { why: "The front desk asked for it." });
  const spanish = { ...as.staff, locale: "es" } as const;
  expect((await getMayIUseIt(spanish, { toolId })).results[0]).toMatchObject({
    surface: { text: "Team / Business (contratación en línea)" },
    accounts: [{ text: "Solo cuentas gestionadas por la clínica." }],
    conditions: [{ text: "No se introduce nada sobre pacientes." }, { text: "Ask Grace for the link.", lang: "en" }],
  });
  expect((await getMayIUseIt(spanish, { q: "northwind" })).results[0]).toMatchObject({
    surface: { text: "Team plan", lang: "en" },
    why: { text: "The front desk asked for it.", lang: "en" },
  });
  expect((await getMayIUseIt(as.staff, { q: "northwind" })).results[0]?.why).toEqual({
    text: "The front desk asked for it.",
  });
});

test("a look-up leaves no trace in the clinic's records", async () => {
  const { as, clinicId } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await decided(as.owner, "Northwind Chat", "not_for_phi");
  const before = await contentsOf(clinicId);
  await getMayIUseIt(as.staff, { q: "northwind", goesIn: "phi" });
  await getMayIUseIt(as.staff, { q: "Jane Doe, 4 March 1961" });
  expect(await contentsOf(clinicId)).toEqual(before);
});
