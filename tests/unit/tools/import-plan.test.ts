import { describe, expect, test } from "vitest";
import { readSheet } from "#lib/domain/sheet.ts";
import { planTools, type ToolPlanFacts, toolLines } from "#lib/domain/tools/imports/rules.ts";
import { COLUMNS, type ToolOnRecord } from "#lib/domain/tools/imports/schema.ts";
import { nameKeyOf } from "#lib/domain/tools/rules.ts";
import type { ToolFacts } from "#lib/domain/tools/schema.ts";

const COLUMN_IDS = COLUMNS.tools.map(({ id }) => id);
const WORDS = {
  headers: new Map(COLUMN_IDS.map((id) => [id.toLowerCase(), id])),
  values: {
    status: new Map(
      ["approved_for_phi", "not_for_phi", "needs_review", "prohibited", "retired"].map((status) => [
        status.replaceAll("_", " "),
        status,
      ]),
    ),
    category: new Map([
      ["voice", "voice"],
      ["scribe", "scribe"],
    ]),
    modelFamily: new Map([["gpt", "gpt"]]),
  },
};
type Cells = Partial<Record<(typeof COLUMN_IDS)[number], string>>;

/** A row for a tool that the register doesn't have, but for what is said. */
const row = (cells: Cells = {}): Cells => ({
  ...{ vendor: "Northwind", product: "Scribe", surface: "Team", category: "voice", why: "Takes notes." },
  ...cells,
});

/** That tool in the register, undecided and typed by hand, but for what is said. */
function onRecord(fields: Partial<ToolOnRecord> = {}, facts: Partial<ToolFacts> = {}): ToolOnRecord {
  return {
    ...{ id: "tool", version: 1, vendorId: "vendor", vendor: "Northwind", product: "Scribe", surface: "Team" },
    ...{ modelFamily: "gpt", category: "voice", deepseek: "none", deepseekNarrowed: false, status: "needs_review" },
    ...{ conditions: [], reviewOn: null, catalogueKey: null, catalogueHash: null, decision: null, coverage: null },
    hostnames: [{ name: "scribe.example", verified: true }],
    facts: {
      ...{ jurisdiction: "United States", baa: "unknown", trainsOnInputs: "unknown", dataResidency: "", retention: "" },
      ...{
        recommendation: null,
        conditions: [],
        why: { en: "Takes notes.", es: "Toma notas." },
        notes: "",
        sources: [],
      },
      ...{ asOf: null, confidence: null },
      ...facts,
    },
    ...fields,
  };
}

function plan(rows: readonly Cells[], tools: readonly ToolOnRecord[] = [], facts: Partial<ToolPlanFacts> = {}) {
  const columns = COLUMN_IDS.filter((id) => rows.some((cells) => cells[id] !== undefined));
  const read = readSheet(
    [columns, ...rows.map((cells) => columns.map((id) => cells[id] ?? ""))].map((cells, index) => ({
      number: index + 1,
      cells,
    })),
    { columns: COLUMNS.tools, words: WORDS },
  );
  return planTools(read, toolLines(read), {
    tools: new Map(tools.map((tool) => [nameKeyOf(tool), tool])),
    ...{ memberId: "dana", deciders: ["dana", "grace"], ownRequests: [], families: WORDS.values.modelFamily },
    today: "2026-11-22",
    ...facts,
  });
}

const wrong = (...planned: Parameters<typeof plan>) =>
  plan(...planned).problems.map(({ row: at, column, code }) => [at, column, code]);
const only = (...planned: Parameters<typeof plan>) => {
  const { rows, problems } = plan(...planned);
  expect(problems).toEqual([]);
  expect(rows).toHaveLength(1);
  return rows[0] ?? expect.fail();
};
const decided = (status: ToolOnRecord["status"], fields: Partial<ToolOnRecord> = {}) =>
  onRecord({ status, decision: { number: 2, reason: "As it was." }, ...fields });

describe("a tool that the register doesn't have", () => {
  test("waits for a decision unless the file gives one", () => {
    expect(only([row()])).toMatchObject({ outcome: "added", step: { kind: "add", deepseek: "none", decision: null } });
    expect(only([row({ status: "needs_review" })])).toMatchObject({ step: { decision: null }, notes: [] });
  });

  test.each([
    ["prohibited", {}, { status: "prohibited", conditions: [], reason: "Takes notes." }],
    ["retired", { reason: "Nobody uses it." }, { status: "retired", reason: "Nobody uses it." }],
    [
      "not_for_phi",
      { conditions: "Nothing about patients\nOwn account", reviewOn: "2027-05-01", reason: "Low risk." },
      {
        status: "not_for_phi",
        conditions: ["Nothing about patients", "Own account"],
        reviewOn: "2027-05-01",
        reason: "Low risk.",
      },
    ],
  ])("is decided when its status is %s", (status, cells, decision) => {
    expect(only([row({ status, ...cells })]).step).toMatchObject({ decision: { basis: "import", ...decision } });
  });

  test.each([
    ["without a kind", { category: "" }, "category", "import.not_a_choice"],
    ["without why", { why: "" }, "why", "input.required"],
    ["without a vendor", { vendor: "" }, "vendor", "input.required"],
    ["with a product of signs alone", { product: "🙂" }, "product", "import.name_without_letters"],
    ["with a vendor that is too long", { vendor: "x".repeat(121) }, "vendor", "input.too_long"],
    ["with a cell of 10 kB", { why: "x".repeat(10_000) }, "why", "input.too_long"],
    [
      "with an address that is none",
      { hostnames: "chat.example.com; not an address" },
      "hostnames",
      "input.hostnames_not_understood",
    ],
    ["with a day that no calendar has", { reviewOn: "2027-02-31" }, "reviewOn", "input.date_not_understood"],
    ["with a day as Excel writes it in CSV", { reviewOn: "2/28/2027" }, "reviewOn", "input.date_not_understood"],
    [
      "with a day in the past",
      { status: "prohibited", reviewOn: "2026-11-22" },
      "reviewOn",
      "tool.review_not_in_future",
    ],
    ["approved without conditions", { status: "not_for_phi" }, "conditions", "tool.approval_needs_conditions"],
    [
      "approved for patient data",
      { status: "approved_for_phi", conditions: "x" },
      "status",
      "tool.approval_lacks.no_baa_on_record",
    ],
    [
      "with too many conditions",
      { status: "not_for_phi", conditions: Array(21).fill("c").join("\n") },
      "conditions",
      "input.too_many",
    ],
  ] as const)("%s is wrong", (_, cells, column, code) => {
    expect(wrong([row(cells)])).toContainEqual([2, column, code]);
  });

  test("with both reasons under one name has that one for both", () => {
    const { why: _, ...without } = row({ reason: "Forbidden by the owner.", status: "prohibited" });
    expect(only([without]).step).toMatchObject({
      typed: { why: "Forbidden by the owner." },
      decision: { reason: "Forbidden by the owner." },
    });
    expect(wrong([{ ...without, reason: "x".repeat(321) }])).toEqual([[2, "reason", "input.too_long"]]);
  });

  test("keeps no conditions and no review date while nobody decides, and says so", () => {
    const { step, notes } = only([row({ conditions: "x", reviewOn: "2027-05-01" })]);
    expect([step, notes.map(({ code }) => code)]).toEqual([
      expect.objectContaining({ decision: null }),
      ["import.note.not_decided"],
    ]);
    expect(only([row({ status: "retired", conditions: "x" })]).notes[0]?.code).toBe(
      "import.note.conditions_of_approvals",
    );
  });

  test("is in the file once, whatever the letters", () => {
    expect(wrong([row(), row({ product: "SCRIBE", vendor: "north-wind" }), row({ product: "scríbe!" })])).toEqual([
      [4, "product", "import.row_twice"],
    ]);
  });
});

describe("DeepSeek", () => {
  test.each([
    ["by its address", { hostnames: "chat.deepseek.com" }, "own"],
    ["by its vendor in Chinese", { vendor: "深度求索" }, "own"],
    ["by a look-alike name", { product: "dееpsееk chat" }, "own"],
    ["on another host", { modelFamily: "DeepSeek R1" }, "hosted"],
    ["in its description", { why: "Runs DeepSeek behind a wrapper." }, "hosted"],
  ])("%s is prohibited whatever the file says", (_, cells, deepseek) => {
    const { step, notes } = only([row({ ...cells, status: "not_for_phi", conditions: "None" })]);
    expect(step).toMatchObject({
      deepseek,
      decision: { status: "prohibited", basis: "deepseek_rule", conditions: [] },
    });
    expect(notes.map(({ code }) => code)).toEqual(["import.note.deepseek"]);
  });

  test("stays prohibited where it is on record, and the row goes through with a note", () => {
    const own = decided("prohibited", { deepseek: "own" });
    for (const status of ["not_for_phi", "retired", "needs_review"]) {
      const { outcome, notes } = only([row({ status, conditions: "x" })], [own]);
      expect([outcome, notes.length]).toEqual(["unchanged", 1]);
    }
    const hosted = decided("prohibited", { deepseek: "hosted" });
    expect(only([row({ status: "not_for_phi", conditions: "x" })], [hosted])).toMatchObject({ outcome: "unchanged" });
    expect(only([row({ status: "retired" })], [hosted]).step).toMatchObject({ decision: { status: "retired" } });
  });

  test("that was taken out of the prohibition is decided like any other", () => {
    const narrowed = decided("needs_review", { deepseek: "hosted", deepseekNarrowed: true });
    const { step } = only([row({ status: "not_for_phi", conditions: "x" })], [narrowed]);
    expect(step).toMatchObject({ decision: { status: "not_for_phi" } });
  });

  test.each([
    ["an address of its own", { hostnames: "chat.deepseek.com" }, "hostnames"],
    ["its name in the description", { why: "Sends to DeepSeek." }, "why"],
    ["its model", { modelFamily: "DeepSeek V3" }, "modelFamily"],
  ])("isn't made of another tool by %s", (_, cells, column) => {
    expect(wrong([row(cells)], [onRecord()])).toEqual([[2, column, "import.becomes_deepseek"]]);
  });
});

describe("a tool that the register has", () => {
  const scribe = decided("not_for_phi", { conditions: ["Own account"], reviewOn: "2027-05-01" });

  test.each<[string, Cells, ToolOnRecord]>([
    [
      "that says the same",
      row({ modelFamily: "GPT", hostnames: "scribe.example", jurisdiction: "United States", status: "needs_review" }),
      onRecord(),
    ],
    ["that says nothing more than its name", { vendor: "northwind", product: "SCRIBE", surface: "team" }, onRecord()],
    [
      "that says the same decision",
      row({ status: "not_for_phi", conditions: "Own account", reviewOn: "2027-05-01", reason: "As it was." }),
      scribe,
    ],
    ["whose cells are empty", row({ status: "", conditions: "", reviewOn: "", reason: "", hostnames: "" }), scribe],
    ["whose reason is what is known of the tool", row({ status: "not_for_phi", reason: "Toma notas." }), scribe],
    [
      "whose review date has passed",
      row({ status: "not_for_phi", reviewOn: "2025-01-01" }),
      { ...scribe, reviewOn: "2025-01-01" },
    ],
    [
      "whose approval nothing covers any more",
      row({ status: "approved_for_phi" }),
      { ...scribe, status: "approved_for_phi" },
    ],
  ])("and a row %s changes nothing", (_, cells, tool) => {
    expect(only([cells], [tool])).toMatchObject({ outcome: "unchanged", step: null, changes: [], notes: [] });
  });

  test.each<[string, Cells, ToolOnRecord, object]>([
    [
      "another status",
      { status: "prohibited" },
      scribe,
      { status: "prohibited", conditions: [], reviewOn: null, reason: "Takes notes." },
    ],
    [
      "other conditions",
      { conditions: "None of it" },
      scribe,
      { status: "not_for_phi", conditions: ["None of it"], reviewOn: "2027-05-01", reason: "Takes notes." },
    ],
    [
      "another review date",
      { reviewOn: "2027-06-01" },
      scribe,
      { conditions: ["Own account"], reviewOn: "2027-06-01" },
    ],
    ["another reason", { reason: "We looked again." }, scribe, { status: "not_for_phi", reason: "We looked again." }],
    ["a first decision", { status: "retired", reason: "Gone." }, onRecord(), { status: "retired", reason: "Gone." }],
  ])("is decided anew by %s", (_, cells, tool, decision) => {
    expect(only([row(cells)], [tool])).toMatchObject({
      outcome: "changed",
      step: { decision: { basis: "import", ...decision } },
    });
  });

  test("needs a reason for another status, and conditions of its own for another approval", () => {
    const bare = { vendor: "Northwind", product: "Scribe", surface: "Team" };
    expect(wrong([{ ...bare, status: "prohibited" }], [scribe])).toEqual([[2, "reason", "input.required"]]);
    expect(wrong([row({ status: "not_for_phi" })], [decided("prohibited")])).toEqual([
      [2, "conditions", "tool.approval_needs_conditions"],
    ]);
  });

  test("tells what would change, from what to what", () => {
    const cells = row({
      status: "prohibited",
      reason: "Too risky.",
      why: "Takes notes in the room.",
      hostnames: "a.example b.example",
    });
    expect(only([cells], [scribe]).changes).toEqual([
      { column: "hostnames", from: "scribe.example", to: "a.example\nb.example" },
      { column: "why", from: "Takes notes.", to: "Takes notes in the room." },
      { column: "status", from: "not_for_phi", to: "prohibited" },
      { column: "conditions", from: "Own account", to: "" },
      { column: "reviewOn", from: "2027-05-01", to: "" },
      { column: "reason", from: "As it was.", to: "Too risky." },
    ]);
  });

  test("is described anew when a person typed it, and not when it came from the catalogue", () => {
    const cells = row({ jurisdiction: "Ireland", category: "scribe", modelFamily: "Claude" });
    expect(only([cells], [onRecord()]).step).toMatchObject({
      decision: null,
      changed: {
        category: "scribe",
        modelFamily: "Claude",
        facts: { jurisdiction: "Ireland", why: { es: "Toma notas." } },
      },
    });
    expect(wrong([cells], [onRecord({ catalogueKey: "northwind-scribe" })])).toEqual([
      [2, "modelFamily", "import.from_catalogue"],
      [2, "category", "import.from_catalogue"],
      [2, "jurisdiction", "import.from_catalogue"],
    ]);
  });

  test("is not approved by somebody who asked for it while somebody else could", () => {
    const request = {
      toolId: "tool",
      vendor: "Northwind",
      product: "Scribe",
      surface: "Team",
      nameKey: nameKeyOf(onRecord()),
      requesterId: "dana",
      supporterIds: [],
    };
    const cells = row({ status: "not_for_phi", conditions: "x" });
    expect(wrong([cells], [onRecord()], { ownRequests: [request] as never })).toEqual([
      [2, "status", "tool_request.own"],
    ]);
    const alone = only([cells], [onRecord()], { ownRequests: [request] as never, deciders: ["dana"] });
    expect(alone.step).toMatchObject({ decision: { alone: true } });
    expect(wrong([row({ status: "prohibited" })], [onRecord()], { ownRequests: [request] as never })).toEqual([]);
  });
});

test("a row with something wrong is not among the rows that would do something, and all are told in order", () => {
  const { rows, problems } = plan([
    row(),
    row({ product: "Two", category: "no such kind" }),
    row({ product: "Three", why: "" }),
  ]);
  expect(rows.map(({ row: at }) => at)).toEqual([2]);
  expect(problems.map(({ row: at, code }) => [at, code])).toEqual([
    [3, "import.not_a_choice"],
    [4, "input.required"],
  ]);
});
