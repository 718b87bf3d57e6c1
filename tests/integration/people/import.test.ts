import { beforeEach, describe, expect, test } from "vitest";
import { acceptInvitation } from "#lib/domain/clinic/commands/accept-invitation.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import type { InvitedPerson } from "#lib/domain/clinic/imports/schema.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { describeMember } from "#lib/domain/clinic/people/commands/describe-member.ts";
import { getInvitationsPage, getMemberPage, getPeoplePage } from "#lib/domain/clinic/people/queries.ts";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { closeLocation } from "#lib/domain/clinic/settings/commands/close-location.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { verifyLedger } from "#lib/domain/ledger/queries.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import type { PlanShown } from "#lib/domain/tools/imports/schema.ts";
import { newId } from "#lib/kernel/ids.ts";
import { writeXlsx } from "#lib/platform/spreadsheet/write-xlsx.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { bringIn, complaints, fileToEdit, look, notes, rowsFile } from "#tests/support/imports.ts";
import { dayFromNow } from "#tests/support/roster.ts";
import { asApp } from "#tests/support/sql.ts";

let clinic: TestClinic;
let owner: ClinicContext;
beforeEach(async () => {
  clinic = await mintClinic(["owner", "privacy_officer"]);
  owner = clinic.as.owner;
});

const BY = { requestId: newId(), locale: "en", signedInAccountId: null } as const;
const people = (content: string | Uint8Array<ArrayBuffer>, as = owner) => look(as, "people", content);
const saidOf = async (content: string, as = owner) => complaints("people", (await people(content, as)).plan);
const address = (name: string) => `${name}-${newId()}@clinic.test`;
const join = async ({ token, name }: Pick<InvitedPerson, "token" | "name">) =>
  acceptInvitation(token, { name, passwordHash: "$argon2id$not-a-hash" }, BY);
const memberNow = async (memberId: string) => (await getMemberPage(owner, { memberId })).member;
const becomes = ({ rows }: PlanShown) =>
  rows.map(({ row, outcome, changes }) => [row, outcome, ...changes.map((c) => c.to)]);

async function joined(fields: Partial<Parameters<typeof inviteMember>[1]> = {}) {
  const email = address("rosa");
  const { token } = await inviteMember(owner, { email, name: "Rosa Vega", role: "staff", ...fields });
  return { email, ...(await join({ token, name: "Rosa Vega" })) };
}

describe("a list", () => {
  test("invites everybody who is new, and what it says of them is so when they have joined", async () => {
    const { locationId } = await addLocation(owner, { name: "North Pier" });
    const [startsOn, endsOn] = [dayFromNow(owner, 0), dayFromNow(owner, 60)];
    const content = `Name,Email,Role,Job title,Works here as,Location,Training tracks,First day,Last day
Zoë Ñandú,${address("zoe")},Manager,Front desk lead,Contractor,north pier,"Front desk
Clinicians",${startsOn},${endsOn}
Li Wei,${address("li")},,,,,,,`;
    const { plan } = await people(content);
    expect(becomes(plan)).toEqual([
      [
        2,
        "added",
        "manager",
        "Front desk lead",
        "contractor",
        "north pier",
        "Front desk\nClinicians",
        startsOn,
        endsOn,
      ],
      [3, "added", "staff", "employee"],
    ]);
    const { added, invited } = await bringIn(owner, "people", content);
    expect([added, invited.map(({ name }) => name)]).toEqual([2, ["Zoë Ñandú", "Li Wei"]]);
    const [zoe, li] = [await join(invited[0] as InvitedPerson), await join(invited[1] as InvitedPerson)];
    expect(await memberNow(zoe.memberId)).toMatchObject({
      ...{ role: "manager", jobTitle: "Front desk lead", workforceType: "contractor", locationId },
      ...{ tracks: ["Front desk", "Clinicians"], startedOn: startsOn, endedOn: endsOn },
    });
    expect(await memberNow(li.memberId)).toMatchObject({ role: "staff", jobTitle: "", workforceType: "employee" });
    const types = (await eventsOf(clinic.clinicId)).map(({ type }) => type);
    expect(types.slice(types.indexOf("import.applied"))).toEqual([
      ...["import.applied", "member.invited", "member.invited", "member.joined", "member.joined"],
    ]);
    expect(await verifyLedger(owner, {})).toMatchObject({ firstBad: null });
  });

  test("that is only looked at invites nobody and keeps no link", async () => {
    await people(`name,email\nLi Wei,${address("li")}`);
    expect((await getInvitationsPage(owner, {})).total).toBe(0);
  });

  test("to start later opens nothing before; a first day in the past is said to begin with joining", async () => {
    const content = `name,email,hire date\nLi,${address("li")},${dayFromNow(owner, 5)}\nBo,${address("bo")},2011-04-01`;
    expect(notes((await people(content)).plan)).toEqual([
      "3 | The first day lies in the past, so access begins with the day they join.",
    ]);
    const { invited } = await bringIn(owner, "people", content);
    const [li, bo] = [await join(invited[0] as InvitedPerson), await join(invited[1] as InvitedPerson)];
    expect([li.startsLater, bo.startsLater]).toEqual([true, false]);
    expect((await memberNow(bo.memberId)).startedOn).toBe(dayFromNow(owner, 0));
  });

  test("reads semicolons, a mark of UTF-8, quotes and lines within cells", async () => {
    const content = `\uFEFF"Full name";"E-mail";"Department"\r\n"Ana ""Nita"" Díaz";"ANA@clinic.test";"Billing\nFront desk"\r\n`;
    const { plan } = await people(content);
    expect(plan.readAs).toMatchObject({ delimiter: ";", encoding: "utf-8" });
    expect(plan.rows).toMatchObject([
      {
        names: [`Ana "Nita" Díaz`, "ana@clinic.test"],
        changes: [{}, {}, { column: "tracks", to: "Billing\nFront desk" }],
      },
    ]);
  });

  test("says of whom it takes invisible characters out of the name, and of nobody else", async () => {
    const { email } = await joined();
    const content = `name,email\r\nLi\u200b Wei,${address("li")}\r\nBo Ek,${address("bo")}\r\nRosa\u00ad Vega,${email}\r\n"A\r\nB",${address("ab")}`;
    const { plan } = await people(content);
    expect(plan.rows.map(({ names }) => names[0])).toEqual(["Li Wei", "Bo Ek", "Rosa Vega", "A B"]);
    const said = "Invisible characters were taken out of the name.";
    expect(notes(plan)).toEqual([`2 | ${said}`, `4 | ${said}`]);
  });

  test("is read from a workbook, its dates as dates", async () => {
    const columns = [{ header: "Name" }, { header: "Email" }, { header: "Start date", as: "date" as const }];
    const day = dayFromNow(owner, 9);
    const { plan } = await people(
      await writeXlsx({ name: "Staff", columns, rows: [["Li Wei", "li@clinic.test", day]] }),
    );
    expect([plan.readAs.kind, becomes(plan)]).toEqual(["xlsx", [[2, "added", "staff", "employee", day]]]);
  });

  test("is read in Spanish, with its names in two or three columns", async () => {
    const content = `Nombre,Apellido paterno,Apellido materno,Correo electrónico,Puesto,Tipo de personal,Departamento,Rol
María,Santos,Ruiz,maria@clinic.test,Recepcionista,Voluntaria,"Recepción, Facturación",Personal
Luis,,,luis@clinic.test,,estudiante,,Gerente`;
    const { plan } = await people(content);
    expect(plan.rows.map(({ names }) => names[0])).toEqual(["María Santos Ruiz", "Luis"]);
    expect(becomes(plan)).toEqual([
      [2, "added", "staff", "Recepcionista", "volunteer", "Recepción\nFacturación"],
      [3, "added", "manager", "student"],
    ]);
  });

  test("with a first and a last name beside the whole one takes the whole, and says what it left", async () => {
    const { plan } = await people("First name,Last name,Name,Email\nLi,Wei,Wei Li,li@clinic.test");
    expect([plan.rows[0]?.names[0], plan.notRead]).toEqual(["Wei Li", ["First name", "Last name"]]);
    const parted = await people("Email,Last name,First name\nli@clinic.test,Wei,Li");
    expect(parted.plan.rows[0]?.names[0]).toBe("Li Wei");
  });

  test("without a column of names or of addresses is told so once", async () => {
    expect(await saidOf("email,position\nli@clinic.test,Scribe")).toEqual([
      "1 | name |  | The file needs a column “Name”. Add it, or take the template.",
    ]);
    expect(await saidOf("first name,last name\nLi,Wei")).toEqual([
      "1 | email |  | The file needs a column “Email”. Add it, or take the template.",
    ]);
  });
});

describe("what is wrong in a list", () => {
  test("is told cell by cell, and nothing is written until it is mended", async () => {
    await addLocation(owner, { name: "North Pier" });
    const bad = `name,email,role,workforce type,location,start date,end date
,li@clinic.test,,,,,
Li,not an address,,,,,
Li,l1@clinic.test,janitor,robot,Norht Pier,,
Li,l2@clinic.test,,,Moon,2026-02-30,03/04/2026
Li,l3@clinic.test,,,,0001-01-01,9999-12-31
Li,l4@clinic.test,,,,2099-02-01,2099-01-01
Li,l5@clinic.test,,,,,2020-01-01
Li,L1@CLINIC.test,,,,,`;
    const found = await saidOf(bad);
    expect(found).toEqual([
      "2 | name |  | Fill this in.",
      "3 | email | not an address | Type an email address such as name@clinic.org.",
      "4 | role | janitor | Choose one of: Owner, Privacy officer, Manager, Staff, Auditor.",
      "4 | workforceType | robot | Choose one of: Employee, Contractor, Student or trainee, Volunteer, From outside, for example an auditor.",
      "4 | location | Norht Pier | No location is called that. Did you mean “North Pier”?",
      "5 | startsOn | 2026-02-30 | This is no day that we can read. Type it as year-month-day, such as 2026-11-22; February has 28 or 29.",
      "5 | endsOn | 03/04/2026 | This is no day that we can read. Type it as year-month-day, such as 2026-11-22; February has 28 or 29.",
      "6 | startsOn | 0001-01-01 | Type a date from 1940 to 2100. Check the year.",
      "6 | endsOn | 9999-12-31 | Type a date from 1940 to 2100. Check the year.",
      "7 | endsOn | 2099-01-01 | The last day lies before the first.",
      "8 | endsOn | 2020-01-01 | This day is over: who has left is not invited. Delete the row, or mend the date.",
      "9 | email | L1@CLINIC.test | Row 4 names the same already. Leave one of the two.",
    ]);
    const { importId } = await people(bad);
    const before = await contentsOf(clinic.clinicId);
    await expect(applyImport(owner, { importId })).rejects.toMatchObject({
      code: "import.has_errors",
      params: { rows: 8 },
    });
    expect(await contentsOf(clinic.clinicId)).toEqual(before);
    const mended = `name,email,role,workforce type,location\nLi,l1@clinic.test,staff,student,north pier`;
    expect(await bringIn(owner, "people", mended)).toMatchObject({ added: 1 });
  });

  test("an unknown location is told with the way to one, a closed one as closed", async () => {
    const row = (place: string) => `name,email,location\nLi,li@clinic.test,${place}`;
    expect(await saidOf(row("Moon"))).toEqual([
      "2 | location | Moon | No location is on record. Add it first, or leave the cell empty.",
    ]);
    await addLocation(owner, { name: "North Pier" });
    const { locationId } = await addLocation(owner, { name: "Annex" });
    await closeLocation(owner, { locationId, version: 1 });
    expect(await saidOf(row("Q"))).toEqual([
      "2 | location | Q | No location is called that. Write one that you have, add it first, or leave the cell empty.",
    ]);
    expect(await saidOf(row("annex"))).toEqual([
      "2 | location | annex | Annex is closed. Choose another location, or none.",
    ]);
  });

  test("a formula stays text, what can't be seen is taken out, and 10 kB are refused", async () => {
    const content = `name,email,job title\n"=HYPERLINK(""http://x"")",\u200Bli\u200B@clinic.test\u200B,Scribe\u200B`;
    const { plan } = await people(content);
    expect(plan.rows[0]).toMatchObject({ names: [`=HYPERLINK("http://x")`, "li@clinic.test"] });
    expect(becomes(plan)).toEqual([[2, "added", "staff", "Scribe", "employee"]]);
    const long = "x".repeat(10_000);
    const found = await saidOf(
      `name,email,job title,tracks\n${long},${long}@clinic.test,${long},${long}\n\u200B,\u200B,,`,
    );
    expect(found.map((line) => line.replace(/ \| x+…/, " | …"))).toEqual([
      "2 | email | … | At most 254 characters. This has 10,012.",
      "2 | name | … | At most 120 characters. This has 10,000.",
      "2 | jobTitle | … | At most 120 characters. This has 10,000.",
      "2 | tracks | … | At most 80 characters. This has 10,000.",
      "3 | email | \u200B | Fill this in.",
      "3 | name | \u200B | Fill this in.",
    ]);
  });

  test("more rows than 5,000 are refused, and other columns than those known", async () => {
    const rows = Array.from({ length: 5001 }, (_, n) => `P ${n},p${n}@clinic.test`);
    const file = rowsFile(["name,email", ...rows].join("\n"));
    await expect(previewImport(owner, { kind: "people", file })).rejects.toMatchObject({
      ...{ code: "spreadsheet.too_many_rows", params: { max: 5000 } },
    });
    expect((await saidOf("name,email,salary\nLi,li@clinic.test,1"))[0]).toContain(
      "1 | - | salary | No column is called",
    );
  });
});

describe("somebody known already", () => {
  test("is described anew where the row says otherwise; an empty cell leaves what is on record", async () => {
    const { locationId } = await addLocation(owner, { name: "North Pier" });
    const { email, memberId } = await joined({ jobTitle: "Scribe", tracks: "Clinicians", locationId });
    const content = `name,email,job title,workforce type,location,tracks\nRosa Vega,${email.toUpperCase()},,student,,Billing; Front desk`;
    expect((await people(content)).plan.rows).toMatchObject([
      {
        outcome: "changed",
        changes: [
          { column: "workforceType", from: "employee", to: "student" },
          { column: "tracks", from: "Clinicians", to: "Billing\nFront desk" },
        ],
      },
    ]);
    expect(await bringIn(owner, "people", content)).toMatchObject({ added: 0, changed: 1, invited: [] });
    const { member, descriptions } = await getMemberPage(owner, { memberId });
    expect(member).toMatchObject({
      jobTitle: "Scribe",
      workforceType: "student",
      tracks: ["Billing", "Front desk"],
      locationId,
    });
    expect(descriptions).toMatchObject([{ number: 2, by: "Grace Okafor" }, { number: 1 }]);
    expect((await getPeoplePage(owner, { q: "rosa scribe" })).total).toBe(1);
    expect(await bringIn(owner, "people", content)).toMatchObject({ changed: 0, unchanged: 1 });
  });

  test("keeps their role, their last day, their first day and their name; the row says where each is changed", async () => {
    const { email } = await joined();
    const found = await saidOf(`name,email,role,end date\nRosa Vega,${email},manager,2099-01-01`);
    expect(found).toEqual([
      "2 | role | manager | Rosa Vega has the role “Staff”, and a file changes nobody’s role. Write that, leave the cell empty, or change the role on their page.",
      "2 | endsOn | 2099-01-01 | Rosa Vega has no last day on record. A file ends nobody: write the same, leave the cell empty, or set the last day on their page.",
    ]);
    const { plan } = await people(`name,email,role,start date\nR. Vega-Luna,${email},staff,2020-05-04`);
    expect([plan.counts, notes(plan).length]).toEqual([{ added: 0, changed: 0, unchanged: 1 }, 2]);
    expect(notes(plan)[0]).toBe("2 | The name on record stays: Rosa Vega.");
  });

  test("who has left is not taken back, and their page is named", async () => {
    const { email, memberId } = await joined();
    await deactivateMember(owner, { memberId, version: 1, lastDay: dayFromNow(owner, 0), reason: "Moves away." });
    const content = `name,email,role,job title\nRosa Vega,${email},manager,Scribe`;
    const { plan } = await people(content);
    expect(plan.counts).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect(plan.rows[0]?.notes).toMatchObject([{ code: "import.note.has_left", params: { memberId } }]);
    const before = await memberNow(memberId);
    expect(await bringIn(owner, "people", content)).toMatchObject({ unchanged: 1, invited: [] });
    expect([await memberNow(memberId), (await getInvitationsPage(owner, {})).total]).toEqual([before, 0]);
  });

  test("who has an open invitation gets no second one", async () => {
    const email = address("noor");
    const { invitationId, token } = await inviteMember(owner, { email, name: "Noor", role: "staff" });
    const content = `name,email\nNoor,${email}`;
    const { plan } = await people(content);
    expect(plan.rows[0]?.notes).toMatchObject([{ code: "import.note.invited_already", params: { invitationId } }]);
    expect(await bringIn(owner, "people", content)).toMatchObject({ added: 0, unchanged: 1, invited: [] });
    expect((await getInvitationsPage(owner, {})).total).toBe(1);
    await join({ token, name: "Noor" });
  });

  test("whose role is above one's own is not described, and nobody gives a role above their own", async () => {
    const [grace] = (await getPeoplePage(owner, { role: ["owner"] })).rows;
    const officer = clinic.as.privacy_officer;
    expect(
      await saidOf(`name,email,job title\nGrace Okafor,${grace?.email},Director\nLi,li@clinic.test,`, officer),
    ).toEqual(["2 | - |  | Grace Okafor has a role above yours. Ask an owner."]);
    expect(await saidOf("name,email,role\nLi,li@clinic.test,Propietaria", officer)).toEqual([
      "2 | role | owner | You can’t give a role above your own. Ask an owner.",
    ]);
    const { importId } = await people("name,email,role\nLi,li@clinic.test,owner", owner);
    await expect(applyImport(officer, { importId })).rejects.toMatchObject({ code: "import.has_errors" });
    expect(await applyImport(owner, { importId })).toMatchObject({ added: 1 });
  });

  test("described by somebody else since the preview is looked at again first", async () => {
    const { email, memberId } = await joined();
    const { importId, plan } = await people(`name,email,job title\nRosa Vega,${email},Scribe`);
    await describeMember(owner, { memberId, version: 1, jobTitle: "Nurse", workforceType: "employee" });
    await expect(applyImport(owner, { importId, seen: plan.sha256 })).rejects.toMatchObject({
      code: "import.changed_meanwhile",
    });
    expect((await memberNow(memberId)).jobTitle).toBe("Nurse");
  });

  test("described by somebody else while the list is carried out stays as they said, and nothing of the list is kept", async () => {
    const { email, memberId } = await joined();
    const { importId } = await people(`name,email,job title\nRosa Vega,${email},Scribe\nLi,${address("li")},`);
    const attempt = await asApp(clinic.clinicId, async (sql) => {
      await sql("UPDATE member SET job_title = 'Nurse', version = version + 1 WHERE id = $1", [memberId]);
      const applied = applyImport(owner, { importId }).catch((error: unknown) => error);
      const waits = "SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
      while ((await sql(waits)).length === 0);
      return { applied };
    });
    expect(await attempt.applied).toMatchObject({ code: "import.changed_meanwhile" });
    expect((await memberNow(memberId)).jobTitle).toBe("Nurse");
    expect((await getInvitationsPage(owner, {})).total).toBe(0);
  });

  test("everybody as a file to edit changes nothing, as CSV and as a workbook", async () => {
    const { locationId } = await addLocation(owner, { name: "Annex" });
    await joined({
      jobTitle: "Scribe",
      tracks: "Billing; coding",
      locationId,
      endsOn: dayFromNow(owner, 30),
    });
    await closeLocation(owner, { locationId, version: 1 });
    for (const format of ["csv", "xlsx"] as const) {
      const { plan } = await people((await fileToEdit(owner, "people", format)).bytes);
      expect(plan).toMatchObject({ problemCount: 0, counts: { added: 0, changed: 0, unchanged: 3 }, rowCount: 0 });
    }
  });
});
