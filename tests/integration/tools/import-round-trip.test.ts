import { beforeEach, describe, expect, test } from "vitest";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { getRegisterPage } from "#lib/domain/tools/queries.ts";
import { addBaaVersion } from "#lib/domain/vendors/baas/commands/add-baa-version.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { getVendorsPage } from "#lib/domain/vendors/queries.ts";
import { writeCsv } from "#lib/platform/spreadsheet/write-csv.ts";
import { writeXlsx } from "#lib/platform/spreadsheet/write-xlsx.ts";
import { toolWithVendor, typedAgreement, typedBaa } from "#tests/support/baas.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { bringIn, complaints, fileToEdit, look } from "#tests/support/imports.ts";
import { asApp, type Sql } from "#tests/support/sql.ts";

const text = (value: string) => new TextEncoder().encode(value);
let clinic: TestClinic;
let second: TestClinic;
beforeEach(async () => {
  [clinic, second] = [await mintClinic(["owner"]), await mintClinic(["owner"])];
});

const AWKWARD = `vendor,product,surface,category,why,hostnames,jurisdiction,model_family,status,conditions,reason,review_on
"Birch, Alder & ""Oak""",=cmd|' /C calc'!A0,"Team; yearly",general_chat,"One line
and another, with ""quotes""",a.example;b.example,"Ireland; EU",GPT,not_for_phi,"First; with a semicolon
Second, with a comma",'@SUM(1+1),2027-05-01
東京クリニック,議事録,無料,meeting_notes,議事録を作る。,xn--wgv71a119e.example,日本,,prohibited,,Nobody reads its terms.,
Вектор,Заметки,Про,voice,Для проверки.,,,,,,,
עברית,עוזר,חינם,voice,"RTL \u202eevil\u202c text",,,,retired,,Nobody uses it.,
Tab	Labs,+1-555,-2,voice,👩🏽‍⚕️ takes notes,,,Model of its own,,,,
1e5,2026-11-22,TRUE,voice,007,,,,,,,
`;

async function everyKindOfTool(as: TestClinic["as"]["owner"]) {
  await bringIn(as, "tools", AWKWARD);
  await adoptTools(as, { all: "prohibited" });
  await adoptTools(as, { keys: ["openai-chatgpt-enterprise", "amazon-web-services-bedrock-deepseek-r1"] });
}

describe("the register as a file to edit", () => {
  test.each(["csv", "xlsx"] as const)("as %s imports unchanged, in English and in Spanish", async (format) => {
    await everyKindOfTool(clinic.as.owner);
    const before = await contentsOf(clinic.clinicId);
    for (const locale of ["en", "es"] as const) {
      const as = { ...clinic.as.owner, locale };
      const { sheet, bytes } = await fileToEdit(as, "tools", format);
      const { plan } = await look(as, "tools", bytes);
      expect(complaints("tools", plan)).toEqual([]);
      expect(plan.counts).toEqual({ added: 0, changed: 0, unchanged: sheet.rows.length });
      expect(plan.readAs.kind).toBe(format);
    }
    expect((await contentsOf(clinic.clinicId))["public.tool"]).toBe(before["public.tool"]);
  });

  test.each(["csv", "xlsx"] as const)(
    "as %s brings a whole register to another clinic, and comes out of it the same",
    async (format) => {
      await everyKindOfTool(clinic.as.owner);
      const { sheet, bytes } = await fileToEdit(clinic.as.owner, "tools", format);
      expect(await bringIn(second.as.owner, "tools", bytes)).toMatchObject({ added: sheet.rows.length, changed: 0 });
      expect((await fileToEdit(second.as.owner, "tools")).sheet.rows).toEqual(sheet.rows);
    },
  );

  test("a cell changed in it changes that and nothing else", async () => {
    await everyKindOfTool(clinic.as.owner);
    const { sheet } = await fileToEdit(clinic.as.owner, "tools");
    const place = sheet.columns.findIndex(({ header }) => header === "Review by");
    const rows = sheet.rows.map((row) => (row[place] !== "" ? row.with(place, "2027-06-30") : row));
    const { plan } = await look(clinic.as.owner, "tools", await writeXlsx({ ...sheet, rows }));
    expect(plan.rows.map(({ changes }) => changes)).toEqual([
      [{ column: "reviewOn", from: "2027-05-01", to: "2027-06-30" }],
    ]);
  });

  test("holds nothing that a spreadsheet would run, and gives it back as it was", async () => {
    await bringIn(clinic.as.owner, "tools", AWKWARD);
    const { bytes } = await fileToEdit(clinic.as.owner, "tools");
    expect(new TextDecoder().decode(bytes)).toContain("'=cmd|");
    const { rows } = await getRegisterPage(clinic.as.owner, { q: "cmd" });
    expect(rows.map(({ product }) => product)).toEqual(["=cmd|' /C calc'!A0"]);
  });
});

describe("a file in whatever form a spreadsheet saves it", () => {
  const ROWS = [
    "Vendor,Product,Plan or way of access,Kind of tool,Why",
    'Northwind,Scribe,Team,Voice,"Two\nlines"',
    "Tidewater,Desk,Pilot,Voice,One",
  ];
  const csv = ROWS.join("\n");
  const sheet = {
    ...{
      name: "x",
      columns: ["Vendor", "Product", "Plan or way of access", "Kind of tool", "Why"].map((header) => ({ header })),
    },
    rows: [
      ["Northwind", "Scribe", "Team", "Voice", "Two\nlines"],
      ["Tidewater", "Desk", "Pilot", "Voice", "One"],
    ],
  };
  test.each<[string, () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>]>([
    ["plain", () => text(csv)],
    ["with a mark for UTF-8 and CRLF", () => text(`\ufeff${ROWS.join("\r\n")}`)],
    ["with semicolons", () => text(csv.replaceAll(",", ";"))],
    ["with tabs", () => text(csv.replaceAll(",", "\t"))],
    ["with CR alone", () => text(ROWS.join("\r").replace("Two\nlines", "Two\rlines"))],
    ["as Excel's Unicode text", () => Uint8Array.from(Buffer.from(`\ufeff${csv.replaceAll(",", "\t")}`, "utf16le"))],
    ["with blank rows and columns", () => text(ROWS.map((row) => `${row},,`).join("\n,,,,\n\n"))],
    ["as our own CSV", () => writeCsv(sheet)],
    ["as XLSX under the name of a CSV", () => writeXlsx(sheet)],
  ])("%s brings the same tools", async (_, bytesOf) => {
    expect(await bringIn(clinic.as.owner, "tools", await bytesOf())).toMatchObject({ added: 2 });
    const { rows } = await getRegisterPage(clinic.as.owner, {});
    expect(rows.map(({ vendor, product }) => `${vendor} ${product}`).sort()).toEqual([
      "Northwind Scribe",
      "Tidewater Desk",
    ]);
  });
});

const VENDORS = `vendor,business_associate,reason,jurisdiction,website,contact_name,contact_email,notes
Northwind Labs,yes,It keeps recordings of visits.,Canada,northwind.example,Ines Duarte,ines@northwind.example,"Two
lines"
Tidewater,no,It never sees patient data.,,,,,
Birch,,,,,,,
`;

describe("vendors", () => {
  test("come in with what is known of them, and change only what a row says otherwise", async () => {
    expect(await bringIn(clinic.as.owner, "vendors", VENDORS)).toMatchObject({ added: 3 });
    expect(await bringIn(clinic.as.owner, "vendors", VENDORS)).toMatchObject({ added: 0, unchanged: 3 });
    const other =
      "Vendor,Business associate,Reason,Contact\nNORTHWIND LABS,No,It changed what it does.,\nBirch,,,Noor Haddad\n";
    const { plan } = await look(clinic.as.owner, "vendors", other);
    expect(plan.rows.map(({ changes }) => changes)).toEqual([
      [
        { column: "businessAssociate", from: "yes", to: "no" },
        { column: "reason", from: "It keeps recordings of visits.", to: "It changed what it does." },
      ],
      [{ column: "contactName", from: "", to: "Noor Haddad" }],
    ]);
    await bringIn(clinic.as.owner, "vendors", other);
    const { rows } = await getVendorsPage(clinic.as.owner, {});
    expect(rows.map(({ name, businessAssociate, contactName }) => [name, businessAssociate, contactName])).toEqual([
      ["Birch", "unknown", "Noor Haddad"],
      ["Northwind Labs", "no", "Ines Duarte"],
      ["Tidewater", "no", ""],
    ]);
    expect((await eventsOf(clinic.clinicId, "vendor.described")).length).toBe(4);
  });

  test("that are wrong are told what is allowed", async () => {
    const bad = `vendor,business_associate,reason,website,contact_email
A,perhaps,,,
B,yes,,,
C,,,javascript:alert(1),
D,,,,not an email
,,,,
🙂,no,x,,
a,,,,`;
    const { plan } = await look(clinic.as.owner, "vendors", bad);
    expect(complaints("vendors", plan)).toEqual([
      "2 | businessAssociate | perhaps | Choose one of: Yes, No, Not determined.",
      "3 | reason |  | Fill this in.",
      "4 | website | javascript:alert(1) | Type an address such as https://www.example.com.",
      "5 | contactEmail | not an email | Type an email address such as name@clinic.org.",
      "7 | vendor | 🙂 | Write the name in letters or digits.",
      "8 | vendor | a | Row 2 names the same already. Leave one of the two.",
    ]);
  });

  test.each(["csv", "xlsx"] as const)(
    "as a file to edit, in %s, import unchanged here and whole elsewhere",
    async (format) => {
      await bringIn(clinic.as.owner, "vendors", VENDORS);
      const { sheet, bytes } = await fileToEdit(clinic.as.owner, "vendors", format);
      expect((await look(clinic.as.owner, "vendors", bytes)).plan.counts).toEqual({
        added: 0,
        changed: 0,
        unchanged: 3,
      });
      expect(await bringIn(second.as.owner, "vendors", bytes)).toMatchObject({ added: 3 });
      expect((await fileToEdit(second.as.owner, "vendors")).sheet.rows).toEqual(sheet.rows);
    },
  );
});

const BAAS = `vendor,reference,our_party,their_party,agreed_on,effective_on,expires_on,notice_days,services,surfaces,signature,note,ended_on,ended_reason
Northwind Labs,BAA 2026,"Harbor Family Clinic, PLLC","Northwind Labs, Inc.",2026-02-20,2026-03-01,evergreen,30,"Transcription; and storage
Support","Northwind Scribe, Team plan",both,Signed on paper.,,
Northwind Labs,BAA 2024,Harbor,Northwind,2024-01-01,2024-01-01,2025-12-31,,,,One party only,,,
northwind labs,BAA 2025,Harbor,Northwind,2025-01-01,2025-01-01,2030-12-31,,,,both,,2025-06-30,They were bought.
`;

/** Until another transaction waits for what this one holds. */
async function somebodyWaits(sql: Sql): Promise<void> {
  await expect
    .poll(() => sql("SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"), {
      timeout: 10_000,
    })
    .toHaveLength(1);
}

describe("BAAs", () => {
  const northwind = () => toolWithVendor(clinic.as.owner);

  test("come in as original versions that name the vendor's tools, and once", async () => {
    const { toolId } = await northwind();
    expect(await bringIn(clinic.as.owner, "baas", BAAS)).toMatchObject({ added: 3 });
    const [first, , third] = await eventsOf(clinic.clinicId, "baa.recorded");
    expect(first?.body.data).toMatchObject({
      ...{ kind: "original", number: 1, expiresOn: null, noticeDays: 30, signature: "both", surfaces: [toolId] },
    });
    expect(third?.body.data).toMatchObject({ expiresOn: "2030-12-31" });
    expect((await eventsOf(clinic.clinicId, "baa.terminated"))[0]?.body.data).toMatchObject({ lastDay: "2025-06-30" });
    expect(await bringIn(clinic.as.owner, "baas", BAAS)).toMatchObject({ added: 0, unchanged: 3 });
    expect(await eventsOf(clinic.clinicId, "baa.recorded")).toHaveLength(3);
  });

  test("by two officers at once, from two files, are recorded once", async () => {
    await northwind();
    const [head = "", , , , last = ""] = BAAS.split("\n");
    const ids = [];
    for (const content of [BAAS, `${head}\n${last}\n`])
      ids.push((await look(clinic.as.owner, "baas", content)).importId);
    const results = await Promise.all(ids.map((importId) => applyImport(clinic.as.owner, { importId })));
    expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(3);
    expect(await eventsOf(clinic.clinicId, "baa.recorded")).toHaveLength(3);
  });

  test("are refused when one of them is recorded between reading the register and writing it", async () => {
    const { vendorId } = await northwind();
    const { importId } = await look(clinic.as.owner, "baas", BAAS);
    const before = await eventsOf(clinic.clinicId, "baa.recorded");
    const applied = await asApp(clinic.clinicId, async (sql) => {
      await sql("UPDATE vendor SET version = version WHERE id = $1", [vendorId]);
      const applying = Promise.allSettled([applyImport(clinic.as.owner, { importId })]);
      await somebodyWaits(sql);
      await sql(
        `INSERT INTO baa (vendor_id, reference, created_by, created_at)
         SELECT id, 'baa-2026', added_by, now() FROM vendor WHERE id = $1`,
        [vendorId],
      );
      return { applying };
    });
    const [result] = await applied.applying;
    expect(result).toMatchObject({ status: "rejected", reason: { code: "import.changed_meanwhile" } });
    expect(await eventsOf(clinic.clinicId, "baa.recorded")).toEqual(before);
  });

  test("on record are compared with the versions that they have, and never changed", async () => {
    const { vendorId } = await northwind();
    await recordBaa(clinic.as.owner, typedBaa(vendorId));
    const row = "vendor,reference,our_party,their_party,agreed_on,effective_on,expires_on,signature\n";
    const same = `${row}Northwind Labs,hipaa baa 2026,"Harbor Family Clinic, PLLC","Northwind Labs, Inc.",2026-02-20,2026-03-01,No end,Both parties\n`;
    expect((await look(clinic.as.owner, "baas", same)).plan.counts.unchanged).toBe(1);
    const { plan } = await look(clinic.as.owner, "baas", same.replace("No end", "2027-12-31"));
    expect(complaints("baas", plan)).toEqual([
      "2 | expiresOn | 2027-12-31 | The agreement on record says “No end” here. A file can’t change an agreement: renew, amend or correct it on its page.",
    ]);
    expect(typedAgreement().ends).toBe("never");
  });

  test("that are wrong are told what is allowed", async () => {
    await northwind();
    const head =
      "vendor,reference,our_party,their_party,agreed_on,effective_on,expires_on,notice_days,surfaces,signature,ended_on,ended_reason";
    const good = (reference: string, fields: string) =>
      `Northwind Labs,${reference},Harbor,Northwind,2026-01-01,2026-01-01,${fields}`;
    const bad = [
      head,
      "Somebody else,A,Harbor,Them,2026-01-01,2026-01-01,evergreen,,,both,,",
      good("B", ",,,both,,"),
      good("C", "31/02/2027,,,both,,"),
      good("D", "2025-01-01,,,both,,"),
      good("E", "evergreen,30 days,,both,,"),
      good("F", 'evergreen,,"Northwind Scribe, Enterprise",both,,'),
      good("G", "evergreen,,,everybody,,"),
      good("H", "evergreen,,,both,2026-06-30,"),
      good("B", "evergreen,,,both,,"),
    ].join("\n");
    const { plan } = await look(clinic.as.owner, "baas", bad);
    expect(complaints("baas", plan)).toEqual([
      "2 | vendor | Somebody else | No vendor is called that. Register the vendor first, or import vendors before their BAAs.",
      "3 | expiresOn |  | Write the last day as year-month-day, such as 2026-11-22, or “No end” if the agreement has no end.",
      "4 | expiresOn | 31/02/2027 | Write the last day as year-month-day, such as 2026-11-22, or “No end” if the agreement has no end.",
      "5 | expiresOn | 2025-01-01 | The agreement takes effect on 1 Jan 2026, so its last day can’t be before that.",
      "6 | noticeDays | 30 days | Type a whole number of days from 0 to 3650, or leave this empty.",
      "7 | surfaces | Northwind Scribe, Enterprise | Northwind Labs has no tool called that in the register. Write product and plan, such as “Northwind Scribe, Team plan”.",
      "8 | signature | everybody | Choose one of: Both parties, One party only, Not known.",
      "9 | endedReason |  | Fill this in.",
      "10 | reference | B | Row 3 names the same already. Leave one of the two.",
    ]);
  });

  test.each(["csv", "xlsx"] as const)(
    "as a file to edit, in %s, import unchanged here and whole elsewhere",
    async (format) => {
      const { vendorId } = await northwind();
      await bringIn(clinic.as.owner, "baas", BAAS);
      const { baaId } = await recordBaa(clinic.as.owner, typedBaa(vendorId, { reference: "Short" }));
      await terminateBaa(clinic.as.owner, { baaId, version: 1, lastDay: "2026-10-31", reason: "No longer used." });
      const renewed = await recordBaa(clinic.as.owner, typedBaa(vendorId, { reference: "Renewed" }));
      const renewal = {
        kind: "renewal" as const,
        ...typedAgreement(),
        effectiveOn: "2026-06-01",
        note: "For another year.",
      };
      await addBaaVersion(clinic.as.owner, { baaId: renewed.baaId, version: 1, ...renewal });
      const { sheet, bytes } = await fileToEdit(clinic.as.owner, "baas", format);
      const { plan } = await look(clinic.as.owner, "baas", bytes);
      expect([complaints("baas", plan), plan.counts]).toEqual([
        [],
        { added: 0, changed: 0, unchanged: sheet.rows.length },
      ]);
      await toolWithVendor(second.as.owner);
      expect(await bringIn(second.as.owner, "baas", bytes)).toMatchObject({ added: sheet.rows.length });
      const rows = (await fileToEdit(second.as.owner, "baas")).sheet.rows;
      expect([...rows].sort()).toEqual([...sheet.rows].sort());
    },
  );
});
