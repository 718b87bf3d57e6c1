import { describe, expect, test } from "vitest";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { attachWorksheetFile } from "#lib/domain/vendors/worksheet/commands/attach-worksheet-file.ts";
import { completeWorksheet } from "#lib/domain/vendors/worksheet/commands/complete-worksheet.ts";
import { saveWorksheet } from "#lib/domain/vendors/worksheet/commands/save-worksheet.ts";
import { startWorksheet } from "#lib/domain/vendors/worksheet/commands/start-worksheet.ts";
import { getWorksheetPage, getWorksheetsPage } from "#lib/domain/vendors/worksheet/queries.ts";
import { NOTE_LENGTH_MAX, WORKSHEET_BYTES_MAX } from "#lib/domain/vendors/worksheet/schema.ts";
import { listWorksheetQuestions } from "#lib/domain/vendors/worksheet/store.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";
import { mintClinic, type TestClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { allAnswers, paper, today, verifiedTool } from "#tests/support/coverage.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const CLOSING = { conclusion: "Good enough for letters.", reverifyOn: addDays(today, 365) };
const QUESTION = "retention-by-kind";

async function clinicWithDraft() {
  const clinic = await mintClinic(["owner", "privacy_officer"]);
  const { toolId } = await registerTool(clinic.as.owner, typedTool("Northwind Scribe"));
  const { worksheetId } = await startWorksheet(clinic.as.privacy_officer, { toolId });
  return { ...clinic, toolId, worksheetId };
}

const worksheetNow = async ({ as }: TestClinic, worksheetId: string) =>
  (await getWorksheetPage(as.owner, { worksheetId })).worksheet;

async function nothingChanged(clinic: TestClinic & { worksheetId: string }, work: () => Promise<void>) {
  const look = async () => ({
    worksheet: await worksheetNow(clinic, clinic.worksheetId),
    ...(await getLedgerSize(clinic.system, {})),
  });
  const before = await look();
  await work();
  expect(await look()).toEqual(before);
}

describe("a draft", () => {
  test("grows over days by what several people write, and each saving is told", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const first = { question: QUESTION, answer: "concern", note: "Thirty days, and backups for a year." } as const;
    const { version } = await saveWorksheet(as.privacy_officer, { worksheetId, version: 1, answers: [first] });
    const second = { question: "encryption", answer: "good", note: "TLS 1.3 and AES-256." } as const;
    await saveWorksheet(as.owner, { worksheetId, version, answers: [second], conclusion: "So far so good." });
    const worksheet = await worksheetNow(clinic, worksheetId);
    expect(worksheet).toMatchObject({ status: "draft", version: 3, number: 1, conclusion: "So far so good." });
    expect(worksheet.answers.filter(({ answer }) => answer !== null)).toMatchObject([first, second]);
    expect(worksheet.answers).toHaveLength(listWorksheetQuestions().length);
    const { events } = await getLedgerPage(as.owner, {});
    expect(events[0]).toMatchObject({
      type: "due_diligence.saved",
      object: { type: "due_diligence", id: worksheetId },
      data: { toolId: clinic.toolId, number: 1, answered: 2, answersSha256: worksheet.answersSha256 },
    });
  });

  test("keeps what a saving leaves out: answers beside other answers, the conclusion and its day beside all of them", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const answer = { question: QUESTION, answer: "good", note: "Thirty days." } as const;
    await saveWorksheet(as.owner, { worksheetId, version: 1, ...CLOSING });
    await saveWorksheet(as.owner, { worksheetId, version: 2, answers: [answer] });
    await saveWorksheet(as.owner, { worksheetId, version: 3, answers: [{ ...answer, question: "encryption" }] });
    await saveWorksheet(as.owner, { worksheetId, version: 4, reverifyOn: "" });
    const worksheet = await worksheetNow(clinic, worksheetId);
    expect(worksheet).toMatchObject({ conclusion: CLOSING.conclusion, reverifyOn: null });
    expect(worksheet.answers.filter(({ note }) => note !== "")).toHaveLength(2);
  });

  test("that somebody else has saved meanwhile takes nothing of an older page", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    await saveWorksheet(as.owner, { worksheetId, version: 1, answers: allAnswers() });
    await nothingChanged(clinic, async () => {
      const stale = saveWorksheet(as.privacy_officer, { worksheetId, version: 1, conclusion: "Mine." });
      await expect(stale).rejects.toMatchObject({ code: "due_diligence.saved_meanwhile" });
      const completing = completeWorksheet(as.privacy_officer, { worksheetId, version: 1, ...CLOSING });
      await expect(completing).rejects.toMatchObject({ code: "due_diligence.saved_meanwhile" });
    });
  });

  test("of ten savings at the same moment takes one and tells nine", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        saveWorksheet(index % 2 === 0 ? as.owner : as.privacy_officer, {
          ...{ worksheetId, version: 1, conclusion: `Words of person ${index}` },
        }),
      ),
    );
    const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(told).toEqual(Array.from({ length: 9 }, () => "due_diligence.saved_meanwhile"));
    expect(await worksheetNow(clinic, worksheetId)).toMatchObject({ version: 2 });
  });

  test("is one for each tool: of ten who begin, one begins and nine are told", async () => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        startWorksheet(index % 2 === 0 ? as.owner : as.privacy_officer, { toolId }),
      ),
    );
    const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(told).toEqual(Array.from({ length: 9 }, () => "due_diligence.draft_open"));
    expect((await getWorksheetsPage(as.owner, { toolId })).worksheets).toHaveLength(1);
  });

  test("refuses answers to questions that it doesn't ask", async () => {
    const clinic = await clinicWithDraft();
    await nothingChanged(clinic, async () => {
      const answers = [{ question: "favourite-colour", answer: "good", note: "" } as const];
      const saving = saveWorksheet(clinic.as.owner, { worksheetId: clinic.worksheetId, version: 1, answers });
      await expect(saving).rejects.toMatchObject({ code: "due_diligence.questions_changed" });
    });
  });

  test("holds every question at full length in plain letters, and refuses in words what is longer in others", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const full = allAnswers({ note: "n".repeat(NOTE_LENGTH_MAX) });
    const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, answers: full });
    const kept = await worksheetNow(clinic, worksheetId);
    expect(kept.answers.every(({ note }) => note.length === NOTE_LENGTH_MAX)).toBe(true);
    const [row] = await asApp(clinic.clinicId, (sql) => sql("SELECT answers FROM due_diligence"));
    expect(Buffer.byteLength(bodyText(row.answers))).toBeLessThanOrEqual(WORKSHEET_BYTES_MAX);
    await nothingChanged(clinic, async () => {
      const wide = allAnswers({ note: "é".repeat(NOTE_LENGTH_MAX) });
      const saving = saveWorksheet(as.owner, { worksheetId, version, answers: wide });
      await expect(saving).rejects.toMatchObject({ code: "due_diligence.too_long", params: { max: 48 } });
      const longer = saveWorksheet(as.owner, {
        ...{ worksheetId, version },
        answers: [{ question: QUESTION, answer: null, note: "n".repeat(NOTE_LENGTH_MAX + 1) }],
      });
      await expect(longer).rejects.toBeInstanceOf(InvalidInput);
    });
  });

  test.each([
    ["markup", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
    ["a database's language", "x'); DELETE FROM due_diligence; --", "x'); DELETE FROM due_diligence; --"],
    ["a sheet's formula", "=1+1", "=1+1"],
    ["signs, NUL and half a letter", "🧠\u0000\uD83D 漢字\r\nline", "🧠\uFFFD 漢字\nline"],
  ])("keeps a note of %s as text", async (_, typed, kept) => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const answers = [{ question: QUESTION, answer: "good", note: typed } as const];
    await saveWorksheet(as.owner, { worksheetId, version: 1, answers, conclusion: typed });
    const worksheet = await worksheetNow(clinic, worksheetId);
    expect(worksheet.conclusion).toBe(kept);
    expect(worksheet.answers.find(({ question }) => question === QUESTION)?.note).toBe(kept);
  });
});

describe("a file for a question", () => {
  test("is kept with its worksheet and told, and whoever writes on may save their page", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const { fileId } = await attachWorksheetFile(as.owner, { worksheetId, question: QUESTION, ...paper("Retention") });
    const [answered] = (await worksheetNow(clinic, worksheetId)).answers.filter(({ files }) => files.length > 0);
    expect(answered).toMatchObject({ question: QUESTION, files: [{ id: fileId, name: "Retention.pdf" }] });
    const sha256 = answered?.files[0]?.sha256 ?? "";
    const [event] = await eventsOf(clinic.clinicId, "due_diligence.document_attached");
    expect(event?.body).toMatchObject({
      object: { type: "due_diligence", id: worksheetId },
      data: { question: QUESTION, fileId, fileSha256: sha256 },
    });
    await saveWorksheet(as.privacy_officer, { worksheetId, version: 1, conclusion: "Written meanwhile." });
  });

  test("is refused twice, and after five", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const attach = (words: string, question = QUESTION) =>
      attachWorksheetFile(as.owner, { worksheetId, question, ...paper(words) });
    await attach("One");
    await expect(attach("One")).rejects.toMatchObject({ code: "due_diligence.file_there", field: "file" });
    await attach("One", "encryption");
    for (const words of ["Two", "Three", "Four", "Five"]) await attach(words);
    await expect(attach("Six")).rejects.toMatchObject({ code: "due_diligence.too_many_files" });
  });

  test("that is no PDF or picture, or for no question, is refused and not kept", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId, clinicId } = clinic;
    await nothingChanged(clinic, async () => {
      const bytes = new TextEncoder().encode("#!/bin/sh\n");
      const program = attachWorksheetFile(as.owner, { worksheetId, question: QUESTION, name: "proof.pdf", bytes });
      await expect(program).rejects.toMatchObject({ code: "file.not_a_proof", field: "file" });
      const empty = { worksheetId, question: QUESTION, name: "proof.pdf", bytes: new Uint8Array(0) };
      await expect(attachWorksheetFile(as.owner, empty)).rejects.toMatchObject({ code: "file.empty" });
      const stray = attachWorksheetFile(as.owner, { worksheetId, question: "favourite-colour", ...paper("Blue") });
      await expect(stray).rejects.toMatchObject({ code: "due_diligence.questions_changed" });
    });
    expect(await asApp(clinicId, (sql) => sql("SELECT id FROM file"))).toEqual([]);
  });
});

describe("a worksheet is completed", () => {
  test("with its conclusion, its files and the day by which it is done again, under the hash of all it says", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId, clinicId } = clinic;
    const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, answers: allAnswers() });
    await attachWorksheetFile(as.owner, { worksheetId, question: QUESTION, ...paper("Retention") });
    await completeWorksheet(as.privacy_officer, { worksheetId, version, ...CLOSING });
    const worksheet = await worksheetNow(clinic, worksheetId);
    expect(worksheet).toMatchObject({ status: "complete", completedBy: "Dana Whitfield", ...CLOSING });
    const [row] = await asApp(clinicId, (sql) => sql("SELECT answers FROM due_diligence"));
    expect(row.answers.salt).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(worksheet.answersSha256).toBe(bodySha256(bodyText(row.answers)));
    const proved = row.answers.asked.filter(({ files }: { files: string[] }) => files.length > 0);
    expect(proved).toMatchObject([
      { question: QUESTION, files: [worksheet.answers.find(({ files }) => files[0])?.files[0]?.sha256] },
    ]);
    const { events } = await getLedgerPage(as.owner, {});
    expect(events[0]).toMatchObject({
      type: "due_diligence.completed",
      data: { number: 1, ...CLOSING, answersSha256: worksheet.answersSha256, answered: worksheet.answers.length },
    });
  });

  test.each([
    ["while a question is open", { answers: allAnswers().slice(1) }, CLOSING, "due_diligence.questions_open"],
    ["with an answer in no words", { answers: allAnswers({ note: "" }) }, CLOSING, "due_diligence.questions_open"],
    [
      "to be done again today",
      { answers: allAnswers() },
      { ...CLOSING, reverifyOn: today },
      "due_diligence.reverify_not_in_future",
    ],
    [
      "to be done again in ten years",
      { answers: allAnswers() },
      { ...CLOSING, reverifyOn: addDays(today, 3650) },
      "due_diligence.reverify_too_far",
    ],
  ])("never %s", async (_, saved, closing, code) => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, ...saved });
    await nothingChanged(clinic, async () => {
      const completing = completeWorksheet(as.owner, { worksheetId, version, ...closing });
      await expect(completing).rejects.toMatchObject({ code });
    });
  });

  test.each([
    ["without a conclusion", { ...CLOSING, conclusion: " \n " }, "conclusion"],
    ["without a day", { ...CLOSING, reverifyOn: "" }, "reverifyOn"],
    ["on a day that isn't", { ...CLOSING, reverifyOn: "2026-13-01" }, "reverifyOn"],
  ])("never %s, and is told beside the field", async (_, closing, path) => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, answers: allAnswers() });
    const completing = completeWorksheet(as.owner, { worksheetId, version, ...closing });
    await expect(completing).rejects.toMatchObject({ issues: [{ path }] });
  });

  test("with nothing known and nothing said, since not known is an answer", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const unknown = allAnswers({ answer: "unknown", note: "" });
    const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, answers: unknown });
    await completeWorksheet(as.owner, { worksheetId, version, ...CLOSING });
    expect(await worksheetNow(clinic, worksheetId)).toMatchObject({ status: "complete" });
  });

  test("once, and stays as it is: no saving, no file, no second completion", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId } = clinic;
    const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, answers: allAnswers() });
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => completeWorksheet(as.owner, { worksheetId, version, ...CLOSING })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(new Set(told)).toEqual(new Set(["due_diligence.already_complete"]));
    await nothingChanged(clinic, async () => {
      const again = { worksheetId, version: version + 1 };
      for (const trying of [
        () => saveWorksheet(as.owner, { ...again, conclusion: "Changed my mind." }),
        () => completeWorksheet(as.owner, { ...again, ...CLOSING }),
        () => attachWorksheetFile(as.owner, { worksheetId, question: QUESTION, ...paper("Too late") }),
      ]) {
        await expect(trying()).rejects.toMatchObject({ code: "due_diligence.already_complete" });
      }
      // Not even past the commands.
      const rewritten = await asApp(clinic.clinicId, (sql) =>
        sql("UPDATE due_diligence SET conclusion = 'Changed my mind.', status = 'draft' RETURNING id"),
      );
      expect(rewritten).toEqual([]);
      const deleting = asApp(clinic.clinicId, (sql) => sql("DELETE FROM due_diligence"));
      await expect(deleting).rejects.toThrow(/permission denied/);
    });
  });

  test("and a file that comes at the same moment is either in its hash or refused", async () => {
    const clinic = await clinicWithDraft();
    const { as, worksheetId, clinicId } = clinic;
    const { version } = await saveWorksheet(as.owner, { worksheetId, version: 1, answers: allAnswers() });
    await Promise.allSettled([
      ...Array.from({ length: 3 }, (_, index) =>
        attachWorksheetFile(as.privacy_officer, { worksheetId, question: QUESTION, ...paper(`Paper ${index}`) }),
      ),
      completeWorksheet(as.owner, { worksheetId, version, ...CLOSING }),
    ]);
    const [row] = await asApp(clinicId, (sql) => sql("SELECT status, answers FROM due_diligence"));
    expect(row.status).toBe("complete");
    const bound = row.answers.asked.flatMap(({ files }: { files: string[] }) => files);
    const kept = await asApp(clinicId, (sql) => sql("SELECT sha256 FROM file"));
    expect(kept.map(({ sha256 }) => sha256).sort()).toEqual(bound.sort());
  });
});

describe("the next worksheet", () => {
  test("begins with the notes of the last and with none of its answers, which stand beside each question", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer"]);
    const { as } = clinic;
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
    const first = await verifiedTool(as.owner, toolId, { withFile: true });
    const { worksheetId, number } = await startWorksheet(as.owner, { toolId });
    expect(number).toBe(2);
    const { worksheet, before } = await getWorksheetPage(as.owner, { worksheetId });
    expect(before).toMatchObject({ id: first.worksheetId, number: 1 });
    for (const answer of worksheet.answers) {
      expect(answer).toMatchObject({ answer: null, note: "In the contract, clause 4.", files: [] });
      expect(answer.last).toEqual({ answer: "good", note: "In the contract, clause 4." });
    }
    expect(worksheet).toMatchObject({ conclusion: "", reverifyOn: null });
    const [, started] = await eventsOf(clinic.clinicId, "due_diligence.started");
    expect(started?.body.data).toMatchObject({ number: 2, continues: 1 });
  });

  test("leaves the last one as it was, and the newest completed one is what the tool's page names", async () => {
    const clinic = await mintClinic(["owner", "privacy_officer"]);
    const { as } = clinic;
    const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
    const first = await verifiedTool(as.owner, toolId);
    const kept = await worksheetNow(clinic, first.worksheetId);
    await startWorksheet(as.owner, { toolId });
    expect((await getToolPage(as.owner, { toolId })).diligence).toMatchObject({
      newest: { id: first.worksheetId, number: 1, reverifyOn: addDays(today, 365) },
      draft: { number: 2, answered: 0, startedBy: "Grace Okafor" },
    });
    expect(await worksheetNow(clinic, first.worksheetId)).toEqual(kept);
  });
});

test("another clinic's tool, draft and worksheet are not found, and stay as they are", async () => {
  const [one, other] = [await clinicWithDraft(), await clinicWithDraft()];
  const { as } = one;
  await nothingChanged(other, async () => {
    for (const worksheetId of [other.worksheetId, newId()]) {
      for (const trying of [
        () => saveWorksheet(as.owner, { worksheetId, version: 1, conclusion: "From elsewhere." }),
        () => completeWorksheet(as.owner, { worksheetId, version: 1, ...CLOSING }),
        () => attachWorksheetFile(as.owner, { worksheetId, question: QUESTION, ...paper("From elsewhere") }),
        () => getWorksheetPage(as.owner, { worksheetId }),
      ]) {
        await expect(trying()).rejects.toBeInstanceOf(NotFound);
      }
    }
    for (const toolId of [other.toolId, newId()]) {
      await expect(startWorksheet(as.owner, { toolId })).rejects.toBeInstanceOf(NotFound);
      await expect(getWorksheetsPage(as.owner, { toolId })).rejects.toBeInstanceOf(NotFound);
    }
  });
});

test.each(["manager", "staff", "auditor"] as const)("a %s keeps no worksheet, nor does a job", async (role) => {
  const { as, system } = await mintClinic(["owner", role]);
  const { toolId } = await registerTool(as.owner, typedTool("Northwind Scribe"));
  const { worksheetId } = await startWorksheet(as.owner, { toolId });
  for (const ctx of [as[role], system]) {
    for (const trying of [
      () => startWorksheet(ctx, { toolId }),
      () => saveWorksheet(ctx, { worksheetId, version: 1, conclusion: "Not mine to say." }),
      () => attachWorksheetFile(ctx, { worksheetId, question: QUESTION, ...paper("Not mine to bring") }),
      () => completeWorksheet(ctx, { worksheetId, version: 1, ...CLOSING }),
    ]) {
      await expect(trying()).rejects.toBeInstanceOf(Forbidden);
    }
  }
  const reading = getWorksheetPage(as[role], { worksheetId });
  if (role === "staff") await expect(reading).rejects.toBeInstanceOf(Forbidden);
  else expect((await reading).worksheet).toMatchObject({ status: "draft", version: 1 });
});
