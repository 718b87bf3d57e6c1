import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getFile } from "#lib/domain/files/queries.ts";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import { getImportPage, getImportsPage } from "#lib/domain/tools/imports/queries.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { Conflict, Forbidden, NotFound, Refusal } from "#lib/kernel/errors.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { bringIn, complaints, look, refusalOf, registerOf, rowsFile } from "#tests/support/imports.ts";
import { asked } from "#tests/support/requests.ts";
import { typedTool } from "#tests/support/tools.ts";

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await mintClinic(["owner", "privacy_officer", "manager"]);
});

const HEADER = "vendor,product,surface,category,why";
const THREE = `${HEADER}
Northwind,Scribe,Team,scribe,Takes notes.
Northwind,Scribe,Free,scribe,Takes notes.
Tidewater,FrontDesk,Pilot,voice,Answers the telephone.
`;

const { toolsOf, named, toolNow } = registerOf(() => clinic.as.owner);

describe("a preview", () => {
  test("keeps the file and changes nothing else", async () => {
    const before = await contentsOf(clinic.clinicId);
    const { importId, plan } = await look(clinic.as.privacy_officer, "tools", THREE);
    const after = await contentsOf(clinic.clinicId);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    expect(changed.sort()).toEqual(
      ["ledger.event", "ledger.head", "ledger.opening", "public.file", "public.import_batch"].sort(),
    );
    expect(plan).toMatchObject({ counts: { added: 3, changed: 0, unchanged: 0 }, problemCount: 0, rowCount: 3 });
    expect((await eventsOf(clinic.clinicId, "file.kept", "import.previewed")).map(({ type }) => type)).toEqual([
      "file.kept",
      "import.previewed",
    ]);
    const { import: shown } = await getImportPage(clinic.as.owner, { importId });
    const kept = await getFile(clinic.as.owner, { fileId: shown.file.id });
    expect([shown.previewedBy, kept.mediaType, new TextDecoder().decode(kept.bytes)]).toEqual([
      "Dana Whitfield",
      "text/csv",
      THREE,
    ]);
  });

  test("says how a file was read that is not in UTF-8", async () => {
    const bytes = Uint8Array.from(Buffer.from(`${HEADER}\nMu\xf1oz,Scribe,Team,scribe,Notes.\n`, "latin1"));
    const { plan } = await look(clinic.as.owner, "tools", bytes);
    expect(plan.readAs).toMatchObject({ kind: "csv", encoding: "windows-1252" });
    expect(plan.rows[0]?.names.join()).toContain("Muñoz");
  });

  test("of the same file again is the same preview, until it is applied", async () => {
    const file = rowsFile(THREE);
    const { importId } = await previewImport(clinic.as.owner, { kind: "tools", file });
    expect(await previewImport(clinic.as.privacy_officer, { kind: "tools", file })).toEqual({ importId });
    await applyImport(clinic.as.owner, { importId });
    expect(await previewImport(clinic.as.owner, { kind: "tools", file })).not.toEqual({ importId });
    expect((await getImportsPage(clinic.as.owner, {})).imports.map(({ status }) => status)).toEqual([
      "previewed",
      "applied",
    ]);
  });

  test("shows a page of the rows at a time, and all of them in all", async () => {
    const many = Array.from({ length: 120 }, (_, index) => `Northwind,Tool ${index},Team,voice,For trying.`);
    const content = [HEADER, ...many].join("\n");
    const pages = [];
    for (const page of [1, 2, 3, 4]) pages.push((await look(clinic.as.owner, "tools", content, page)).plan);
    expect(pages.map(({ rows, rowCount }) => [rows.length, rowCount])).toEqual([
      [50, 120],
      [50, 120],
      [20, 120],
      [0, 120],
    ]);
    expect(pages[1]?.rows[0]).toMatchObject({ row: 52, outcome: "added" });
  });
});

describe("applied", () => {
  test("a file brings its tools, their vendors, their addresses and an event for each", async () => {
    const content = `${HEADER},hostnames,jurisdiction
Northwind,Scribe,Team,Clinical scribe,Takes notes.,"scribe.example
*.scribe.example",Canada
Northwind,Scribe,Free,scribe,Takes notes.,,`;
    expect(await bringIn(clinic.as.privacy_officer, "tools", content)).toMatchObject({ added: 2, changed: 0 });
    const tool = await toolNow("scribe team");
    expect(tool).toMatchObject({ vendor: "Northwind", category: "scribe", modelFamily: "not-disclosed" });
    expect([tool.facts.jurisdiction, tool.facts.why]).toEqual(["Canada", { en: "Takes notes.", es: "Takes notes." }]);
    expect(tool.hostnames.map(({ name }) => name)).toEqual(["*.scribe.example", "scribe.example"]);
    const types = (await eventsOf(clinic.clinicId)).map(({ type }) => type);
    expect(types.slice(-4)).toEqual(["import.applied", "vendor.registered", "tool.registered", "tool.registered"]);
    expect(await verifyLedger(clinic.as.owner, {})).toMatchObject({ firstBad: null });
  });

  test("twice changes nothing the second time, as the same import or as the same file", async () => {
    const { importId, plan } = await look(clinic.as.owner, "tools", THREE);
    const first = await applyImport(clinic.as.owner, { importId, seen: plan.sha256 });
    const before = await contentsOf(clinic.clinicId);
    expect(await applyImport(clinic.as.privacy_officer, { importId })).toEqual(first);
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    expect(await bringIn(clinic.as.owner, "tools", THREE)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect(await named()).toHaveLength(3);
  });

  test("by two officers at once is done once: the same import, and two previews of one file", async () => {
    const { importId } = await look(clinic.as.owner, "tools", THREE);
    const both = await Promise.all(
      [clinic.as.owner, clinic.as.privacy_officer].map((as) => applyImport(as, { importId })),
    );
    expect(both.map(({ added }) => added)).toEqual([3, 3]);
    expect(await eventsOf(clinic.clinicId, "import.applied")).toHaveLength(1);
    const previews = [`${THREE}Birch,Notes,Team,voice,For trying.\n`, `Birch,Notes,Team,voice,For trying.\n`].map(
      (rows, index) => (index === 0 ? rows : `${HEADER}\n${rows}`),
    );
    const ids = [];
    for (const content of previews) ids.push((await look(clinic.as.owner, "tools", content)).importId);
    const results = await Promise.all(
      ids.map((id, index) => applyImport(index === 0 ? clinic.as.owner : clinic.as.privacy_officer, { importId: id })),
    );
    expect(results.map(({ added }) => added).sort()).toEqual([0, 1]);
    expect(await named("birch")).toEqual(["Birch: Notes, Team: needs_review"]);
  });

  test("all or nothing: one bad row among good ones leaves the register as it was", async () => {
    const { importId, plan } = await look(clinic.as.owner, "tools", `${THREE}Birch,Notes,Team,no such kind,Tried.\n`);
    expect(plan).toMatchObject({ counts: { added: 3 }, problemRows: 1, problemCount: 1 });
    const before = await contentsOf(clinic.clinicId);
    expect(await refusalOf(applyImport(clinic.as.owner, { importId, seen: plan.sha256 }))).toEqual([
      "import.has_errors",
      null,
    ]);
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
  });

  test("all or nothing: when somebody else takes a place meanwhile, nothing of it stays", async () => {
    const { importId } = await look(clinic.as.owner, "tools", THREE);
    const [applied, registered] = await Promise.allSettled([
      applyImport(clinic.as.owner, { importId }),
      registerTool(clinic.as.privacy_officer, typedTool("FrontDesk", { vendor: "Tidewater", surface: "Pilot" })),
    ]);
    const failures = [applied, registered].filter(({ status }) => status === "rejected");
    for (const failure of failures) {
      expect((failure as PromiseRejectedResult).reason).toSatisfy((e) => e instanceof Conflict || e instanceof Refusal);
    }
    expect(failures.length).toBeLessThan(2);
    const expected = applied.status === "fulfilled" ? 3 : 1;
    expect(await named()).toHaveLength(expected);
  });

  test("after the register has changed does what the file comes to now, if nobody says what they saw", async () => {
    const { importId, plan } = await look(clinic.as.owner, "tools", THREE);
    await registerTool(
      clinic.as.privacy_officer,
      typedTool("Scribe", { vendor: "Northwind", surface: "Team", category: "scribe", why: "Takes notes." }),
    );
    expect(await refusalOf(applyImport(clinic.as.owner, { importId, seen: plan.sha256 }))).toEqual([
      "import.changed_meanwhile",
      null,
    ]);
    expect(await named()).toHaveLength(1);
    expect(await applyImport(clinic.as.owner, { importId })).toMatchObject({ added: 2, unchanged: 1 });
  });

  test("a row that has become wrong since the preview stops it", async () => {
    const content = `${HEADER},status,conditions\nNorthwind,Scribe,Team,scribe,Takes notes.,not_for_phi,Own account\n`;
    const { importId, plan } = await look(clinic.as.privacy_officer, "tools", content);
    expect(plan.problemCount).toBe(0);
    await asked(clinic.as.privacy_officer, { product: "Scribe", vendor: "Northwind" });
    const before = await contentsOf(clinic.clinicId);
    expect(await refusalOf(applyImport(clinic.as.privacy_officer, { importId }))).toEqual(["import.has_errors", null]);
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    expect(await applyImport(clinic.as.owner, { importId })).toMatchObject({ added: 1 });
  });

  test("only by who may import, and only in their own clinic", async () => {
    const { importId } = await look(clinic.as.owner, "tools", THREE);
    const other = await mintClinic(["owner"]);
    await expect(applyImport(clinic.as.manager, { importId })).rejects.toThrow(Forbidden);
    await expect(getImportPage(clinic.as.manager, { importId })).rejects.toThrow(Forbidden);
    await expect(previewImport(clinic.system, { kind: "tools", file: rowsFile(THREE) })).rejects.toThrow(Forbidden);
    await expect(applyImport(other.as.owner, { importId })).rejects.toThrow(NotFound);
    await expect(getImportPage(other.as.owner, { importId })).rejects.toThrow(NotFound);
  });
});

describe("facts in a file", () => {
  const described =
    "vendor,product,surface,category,hostnames,jurisdiction,why\nNorthwind,Scribe,Team,scribe,b.example c.example,Ireland,Takes notes in the room.\n";

  test("make a new revision of a tool that a person typed, and keep what somebody verified", async () => {
    const typed = typedTool("Scribe", { vendor: "Northwind", surface: "Team", hostnames: "a.example\nb.example" });
    const { toolId } = await registerTool(clinic.as.owner, typed);
    await bringIn(clinic.as.privacy_officer, "tools", described);
    const tool = await toolNow("scribe");
    expect([tool.category, tool.facts.jurisdiction, tool.facts.why.es, tool.status]).toEqual([
      "scribe",
      "Ireland",
      "Takes notes in the room.",
      "needs_review",
    ]);
    expect(tool.hostnames.map(({ name }) => name)).toEqual(["b.example", "c.example"]);
    const [event] = await eventsOf(clinic.clinicId, "tool.described");
    expect(event?.body).toMatchObject({ object: { id: toolId }, data: { number: 2 } });
    expect(await bringIn(clinic.as.owner, "tools", described)).toMatchObject({ unchanged: 1 });
    await bringIn(clinic.as.owner, "tools", "vendor,product,surface,hostnames\nNorthwind,Scribe,Team,a.example\n");
    expect((await toolNow("scribe")).hostnames.map(({ name }) => name)).toEqual(["a.example"]);
    expect((await getToolPage(clinic.as.owner, { toolId })).decisions).toEqual([]);
  });

  test("don't change what came from the catalogue, and say what the register has", async () => {
    await adoptTools(clinic.as.owner, { keys: ["openai-chatgpt-enterprise"] });
    const [chatgpt] = await toolsOf();
    const row = `${chatgpt?.vendor},${chatgpt?.product},${chatgpt?.surface}`;
    const { plan } = await look(clinic.as.owner, "tools", `vendor,product,surface,jurisdiction\n${row},Ireland\n`);
    expect(complaints("tools", plan)).toEqual([
      "2 | jurisdiction | Ireland | The register has “United States” from the catalogue, and a file can’t change that. Write the same, or leave the cell empty.",
    ]);
  });
});

describe("a file that can't be read is refused, and not kept", () => {
  beforeAll(async () => {
    clinic = await mintClinic(["owner"]);
  });
  const zip = (rest: string) => new TextEncoder().encode(`PK\u0003\u0004${rest}`);
  test.each([
    ["nothing at all", new Uint8Array(), "spreadsheet.empty"],
    ["only a mark for UTF-8", "\ufeff", "spreadsheet.empty"],
    ["a header and no rows", `${HEADER}\n`, "import.no_rows"],
    ["a header and blank rows", `${HEADER}\n,,,,\n\n`, "import.no_rows"],
    ["20,001 rows", [HEADER, ...Array(20_001).fill("a,b,c,voice,d")].join("\n"), "spreadsheet.too_many_rows"],
    ["61 columns", `${Array.from({ length: 61 }, (_, i) => `c${i}`).join(",")}\n1\n`, "spreadsheet.too_many_columns"],
    ["more than 10 MB", new Uint8Array(10_000_001).fill(97), "spreadsheet.too_big"],
    ["a quote that nobody closes", `${HEADER}\n"Northwind,Scribe\n`, "spreadsheet.unclosed_quote"],
    ["a NUL", `${HEADER}\nNorth\u0000wind,a,b,voice,c\n`, "spreadsheet.not_a_table"],
    ["a web page", "<!doctype html><table><tr><td>vendor", "spreadsheet.not_a_table"],
    ["an old Excel file", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), "spreadsheet.old_or_locked"],
    ["a ZIP that is none", zip("nothing of the kind"), "spreadsheet.damaged"],
  ])("%s", async (_, content, code) => {
    const before = await contentsOf(clinic.clinicId);
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
    const refused = previewImport(clinic.as.owner, { kind: "tools", file: { name: "tools.csv", bytes } });
    expect(await refusalOf(refused)).toEqual([code, "file"]);
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
  });

  test.each([null, undefined])("no file", async (file) => {
    await expect(previewImport(clinic.as.owner, { kind: "tools", file })).rejects.toMatchObject({
      issues: [{ path: "file", code: "file_needed" }],
    });
  });
});
