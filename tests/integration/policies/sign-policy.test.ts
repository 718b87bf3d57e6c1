import { expect, test } from "vitest";
import type { ClinicContext } from "#lib/domain/context.ts";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { signPolicy } from "#lib/domain/policies/commands/sign-policy.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { Forbidden, InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { eventsOf } from "#tests/support/contents.ts";
import { directiveShown, issueDirective, setDates, signDirective, signingForm } from "#tests/support/policies.ts";
import { asApp } from "#tests/support/sql.ts";

const today = calendarDateIn("America/New_York", new Date());

async function attestationsOf(clinicId: string) {
  return asApp(clinicId, (sql) => sql("SELECT * FROM attestation ORDER BY recorded_at"));
}

function inBrowser(as: ClinicContext, sessionId: string): ClinicContext {
  if (as.actor.kind !== "member") throw new Error("only members have browsers");
  return { ...as, actor: { ...as.actor, sessionId } };
}

test("a signature keeps the version, the text's hash, the sentence, the name as typed, the time, the session and the language", async () => {
  const { clinicId, as } = await mintClinic();
  const { versionId } = await issueDirective(as.privacy_officer);
  const sessionId = newId();
  const form = { ...(await signingForm(as.staff)), typedName: " maria  SANTOS " };
  const { attestationId } = await signPolicy(inBrowser(as.staff, sessionId), form);
  const [row, ...others] = await attestationsOf(clinicId);
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    ...{ id: attestationId, text_sha256: form.textSha256, locale: "en", typed_name: "maria SANTOS" },
    ...{ statement: "I have read this directive, understand it and will follow it.", session_id: sessionId },
  });
  expect(await directiveShown(as.staff)).toMatchObject({
    versionId,
    dueOn: null,
    own: { typedName: "maria SANTOS", locale: "en", textSha256: form.textSha256, signedAt: row.signed_at },
  });
  const { events } = await getLedgerPage(as.owner, {});
  expect(events.slice(0, 2)).toMatchObject([
    { type: "policy.signed", object: { id: versionId }, data: { number: 1, attestationId, policyCode: "P02" } },
    { type: "attestation.signed", object: { id: attestationId }, data: { textSha256: form.textSha256, sessionId } },
  ]);
});

test("the ledger's own text holds neither the name nor the sentence in the clear", async () => {
  const { clinicId, as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await issueDirective(as.privacy_officer);
  await signDirective(as.staff);
  const bodies = JSON.stringify(await eventsOf(clinicId, "policy.issued", "policy.signed", "attestation.signed"));
  expect(bodies).not.toMatch(/Maria|Santos|I have read|front desk phone/);
});

test("who signs in Spanish signs the Spanish text and sentence, in their own accents", async () => {
  const { clinicId, as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  const spanish = await directiveShown(as.staff, "es");
  await signPolicy(as.staff, { ...(await signingForm(as.staff, "es")), typedName: "María SÁNTOS" });
  expect((await attestationsOf(clinicId))[0]).toMatchObject({
    ...{ locale: "es", text_sha256: spanish.sha256, typed_name: "María SÁNTOS" },
    statement: "He leído esta directiva, la entiendo y la cumpliré.",
  });
  // What they signed is what their page shows from then on, whatever their account's language.
  expect(await directiveShown(as.staff)).toMatchObject({ locale: "es", sha256: spanish.sha256 });
});

test.each([
  ["somebody else's", "Dana Whitfield", "attestation.name_differs"],
  ["half of one's own", "Maria", "attestation.name_differs"],
  ["a letter of another script in one's own", "Mаria Santos", "attestation.name_differs"],
])("%s name signs nothing", async (_, typedName, code) => {
  const { clinicId, as, system } = await mintClinic();
  await issueDirective(as.privacy_officer);
  const { size } = await getLedgerSize(system, {});
  const form = { ...(await signingForm(as.staff)), typedName };
  await expect(signPolicy(as.staff, form)).rejects.toMatchObject({ code, field: "typedName" });
  expect(await attestationsOf(clinicId)).toEqual([]);
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("what is no signature at all is a field to mend", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await issueDirective(as.privacy_officer);
  const form = await signingForm(as.staff);
  for (const wrong of [{ typedName: " \u200b " }, { textSha256: "x" }, { versionId: "1" }]) {
    await expect(signPolicy(as.staff, { ...form, ...wrong })).rejects.toBeInstanceOf(InvalidInput);
  }
});

test("a text that was replaced while the page was open is not signed, nor the other language's, nor one made up", async () => {
  const { clinicId, as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  const [english, spanish] = [await signingForm(as.staff, "en"), await signingForm(as.staff, "es")];
  const crossed = { ...english, textSha256: spanish.textSha256 };
  await expect(signPolicy(as.staff, crossed)).rejects.toMatchObject({ code: "attestation.text_changed" });
  const madeUp = { ...english, textSha256: "0".repeat(64) };
  await expect(signPolicy(as.staff, madeUp)).rejects.toMatchObject({ code: "attestation.text_changed" });
  await issueDirective(as.privacy_officer);
  await expect(signPolicy(as.staff, english)).rejects.toMatchObject({ code: "attestation.text_changed" });
  expect(await attestationsOf(clinicId)).toEqual([]);
});

test("a signature survives a new version, whose signature is owed anew", async () => {
  const { clinicId, as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  const first = await directiveShown(as.staff, "en");
  await signDirective(as.staff);
  const [before] = await attestationsOf(clinicId);
  await issueDirective(as.privacy_officer, { reportMinutes: 30 });

  const second = await directiveShown(as.staff);
  expect(second).toMatchObject({ number: 2, own: null, dueOn: addDays(today, 3) });
  expect(second.sha256).not.toBe(first.sha256);
  expect(second.versions.map(({ number, signedAt }) => [number, signedAt !== null])).toEqual([
    [2, false],
    [1, true],
  ]);
  const { blocks, own } = await directiveShown(as.staff, undefined, 1);
  expect(blocks).toEqual(first.blocks);
  expect(own).toMatchObject({ textSha256: first.sha256, typedName: "Maria Santos" });

  await signDirective(as.staff);
  expect(await attestationsOf(clinicId)).toEqual([before, expect.objectContaining({ text_sha256: second.sha256 })]);
});

test("a version with the same words is another version, and signed for itself", async () => {
  const { clinicId, as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  await signDirective(as.staff);
  await issueDirective(as.privacy_officer);
  expect(await directiveShown(as.staff, "en")).toMatchObject({ number: 2, own: null });
  await signDirective(as.staff);
  expect(await attestationsOf(clinicId)).toHaveLength(2);
  expect(await asApp(clinicId, (sql) => sql("SELECT 1 FROM exact_text"))).toHaveLength(2);
});

test("sent twice, or by ten at once, a signature is one, and the later ones are told kindly", async () => {
  const { clinicId, as, system } = await mintClinic();
  await issueDirective(as.privacy_officer);
  const form = await signingForm(as.staff);
  const answers = await Promise.all(Array.from({ length: 10 }, () => signPolicy(as.staff, form)));
  expect(answers.filter(({ alreadySigned }) => !alreadySigned)).toHaveLength(1);
  expect(new Set(answers.map(({ attestationId }) => attestationId)).size).toBe(1);
  expect(await attestationsOf(clinicId)).toHaveLength(1);
  const { size } = await getLedgerSize(system, {});
  expect(await signPolicy(as.staff, { ...form, typedName: "Maria Santos" })).toMatchObject({ alreadySigned: true });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
});

test("a version issued while people sign comes before or after each signature, never between", async () => {
  const { clinicId, as } = await mintClinic();
  await issueDirective(as.privacy_officer);
  const forms = [await signingForm(as.staff), await signingForm(as.manager), await signingForm(as.owner)];
  const signers = [as.staff, as.manager, as.owner];
  const results = await Promise.allSettled([
    issueDirective(as.privacy_officer, { reportMinutes: 15 }),
    ...signers.map((signer, index) => signPolicy(signer, forms[index] ?? expect.fail())),
  ]);
  const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  expect(refused.every((code) => code === "attestation.text_changed")).toBe(true);
  const events = await eventsOf(clinicId, "policy.issued", "policy.signed");
  const second = events.findLastIndex(({ type }) => type === "policy.issued");
  expect(events.slice(second + 1)).toEqual([]);
});

test("an auditor, a job, and who has left or not begun sign nothing", async () => {
  const { clinicId, as, system } = await mintClinic();
  await issueDirective(as.privacy_officer);
  const form = await signingForm(as.staff);
  await expect(signPolicy(as.auditor, { ...form, typedName: "Priya Raman" })).rejects.toBeInstanceOf(Forbidden);
  await expect(signPolicy(system, form)).rejects.toBeInstanceOf(Forbidden);
  for (const dates of [
    { startedOn: addDays(today, -9), endedOn: addDays(today, -1) },
    { startedOn: addDays(today, 1) },
  ]) {
    await setDates(clinicId, as.staff, dates);
    await expect(signPolicy(as.staff, form)).rejects.toBeInstanceOf(Forbidden);
  }
  expect(await attestationsOf(clinicId)).toEqual([]);
});

test("another clinic's version is not found, whoever signs, and stays unsigned there", async () => {
  const [here, there] = [await mintClinic(), await mintClinic()];
  await issueDirective(there.as.privacy_officer);
  const form = await signingForm(there.as.staff);
  for (const versionId of [form.versionId, newId()]) {
    await expect(signPolicy(here.as.staff, { ...form, versionId })).rejects.toBeInstanceOf(NotFound);
  }
  await expect(directiveShown(here.as.staff)).rejects.toThrow("no directive was issued");
  expect(await attestationsOf(there.clinicId)).toEqual([]);
  expect(await attestationsOf(here.clinicId)).toEqual([]);
});
