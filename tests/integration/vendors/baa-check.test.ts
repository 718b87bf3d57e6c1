import { describe, expect, test } from "vitest";
import { addBaaVersion } from "#lib/domain/vendors/baas/commands/add-baa-version.ts";
import { checkBaaTerms } from "#lib/domain/vendors/baas/commands/check-baa-terms.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { getBaaCheckForm } from "#lib/domain/vendors/baas/queries.ts";
import { CLAUSE_LENGTH_MAX, TERM_NOTE_LENGTH_MAX } from "#lib/domain/vendors/baas/schema.ts";
import { registerVendor } from "#lib/domain/vendors/commands/register-vendor.ts";
import { listBaaTerms } from "#lib/domain/vendors/terms/store.ts";
import { Forbidden, type InvalidInput, NotFound } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { bodySha256, bodyText } from "#lib/proof/body.ts";
import { allMet, baaNow, typedAgreement, typedBaa } from "#tests/support/baas.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { contentsOf, eventsOf } from "#tests/support/contents.ts";
import { asApp } from "#tests/support/sql.ts";

async function withBaa() {
  const clinic = await mintClinic(["owner", "privacy_officer", "manager", "staff", "auditor"]);
  const { vendorId } = await registerVendor(clinic.as.owner, { name: "Northwind", jurisdiction: "" });
  return { ...clinic, ...(await recordBaa(clinic.as.owner, typedBaa(vendorId))) };
}

type Answer = ReturnType<typeof allMet>[number];

/** All terms met, but for one. */
function butFor(term: string, change: Partial<Answer>): Answer[] {
  return allMet().map((answer) => (answer.term === term ? { ...answer, ...change } : answer));
}

test("the checklist has the ten contract terms, the three security terms and eight on AI", () => {
  const groups = listBaaTerms().map((term) => term.group);
  const count = (group: string) => groups.filter((candidate) => candidate === group).length;
  expect([count("contract"), count("security"), count("ai")]).toEqual([10, 3, 8]);
});

test("a check of all terms is kept with its clauses, counted, and told in the ledger under the hash of its answers", async () => {
  const { as, clinicId, vendorId, baaId, versionId } = await withBaa();
  const answers = butFor("safeguards", { answer: "not_met", clause: "", note: "Only “industry standard”." }).map(
    (answer) =>
      answer.term === "delegated-duties"
        ? ({ ...answer, answer: "not_applicable", clause: "", note: "They do nothing for us." } as const)
        : answer,
  );
  await checkBaaTerms(as.privacy_officer, { versionId, newest: 0, answers });
  const [check] = (await baaNow(as.auditor, { vendorId, baaId })).checks;
  expect(check).toMatchObject({
    ...{ number: 1, version: 1, checkedBy: "Dana Whitfield", requiredNotMet: ["safeguards"] },
    counts: { met: 19, not_met: 1, not_applicable: 1 },
  });
  expect(check?.answers[0]).toEqual({ term: "permitted-uses", answer: "met", clause: "4.1", note: "" });
  const [row] = await asApp(clinicId, (sql) => sql("SELECT answers FROM baa_check"));
  expect(row.answers.salt).toMatch(/^[A-Za-z0-9_-]{43}$/);
  const [event] = await eventsOf(clinicId, "baa.checked");
  expect(event?.body).toMatchObject({
    object: { id: baaId },
    data: {
      versionId,
      number: 1,
      met: 19,
      notMet: 1,
      notApplicable: 1,
      answersSha256: bodySha256(bodyText(row.answers)),
    },
  });
  expect(JSON.stringify(event)).not.toContain("industry");
});

test("the answers stand in the checklist's order, in whatever order they were sent", async () => {
  const { as, vendorId, baaId, versionId } = await withBaa();
  await checkBaaTerms(as.owner, { versionId, newest: 0, answers: allMet().reverse() });
  const [check] = (await baaNow(as.owner, { vendorId, baaId })).checks;
  expect(check?.answers.map(({ term }) => term)).toEqual(listBaaTerms().map((term) => term.key));
});

describe("a check is refused", () => {
  const issuesOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => [],
      (error: InvalidInput) => error.issues.map(({ path, code }) => [path, code]),
    );

  test("beside every term that is unanswered, met without a clause, or set aside without a reason", async () => {
    const { as, versionId, clinicId } = await withBaa();
    const before = await contentsOf(clinicId);
    const [first, second, third, ...rest] = allMet();
    const answers = [
      { ...first, answer: undefined },
      { ...second, clause: " " },
      { ...third, answer: "not_applicable", note: "" },
      ...rest.map((answer) => ({ ...answer, answer: "" })),
    ];
    const issues = await issuesOf(checkBaaTerms(as.owner, { versionId, newest: 0, answers: answers as never }));
    expect(issues).toEqual([
      ["answers.0.answer", "choose_term_answer"],
      ["answers.1.clause", "clause_needed"],
      ["answers.2.note", "why_not_applicable"],
      ...rest.map((_, index) => [`answers.${index + 3}.answer`, "choose_term_answer"]),
    ]);
    expect(await contentsOf(clinicId)).toEqual(before);
  });

  test.each(["permitted-uses", "subcontractors-bound", "access-and-amendment", "security-rule-compliance"])(
    "that sets %s aside, which every BAA must have",
    async (term) => {
      const { as, versionId } = await withBaa();
      const answers = butFor(term, { answer: "not_applicable", note: "We think so." });
      const index = answers.findIndex((answer) => answer.term === term);
      await expect(checkBaaTerms(as.owner, { versionId, newest: 0, answers })).rejects.toMatchObject({
        code: "baa_check.has_to_apply",
        field: `answers.${index}.answer`,
      });
    },
  );

  test.each(["delegated-duties", ...listBaaTerms().flatMap((term) => (term.group === "ai" ? [term.key] : []))])(
    "but not one that sets %s aside with a reason",
    async (term) => {
      const { as, versionId } = await withBaa();
      const answers = butFor(term, { answer: "not_applicable", clause: "", note: "Doesn't apply here." });
      await checkBaaTerms(as.owner, { versionId, newest: 0, answers });
    },
  );

  test.each<[string, () => Answer[]]>([
    ["leaves a term out", () => allMet().slice(1)],
    ["answers nothing", () => []],
    ["answers a term twice", () => [...allMet().slice(1), ...allMet().slice(-1)]],
    ["brings a term of its own", () => [...allMet(), { term: "free-coffee", answer: "met", clause: "9" }]],
  ])("that %s", async (_, answers) => {
    const { as, versionId } = await withBaa();
    const attempt = checkBaaTerms(as.owner, { versionId, newest: 0, answers: answers() });
    await expect(attempt).rejects.toMatchObject({ code: "baa_check.terms_changed" });
  });

  test("with a clause or a note that is too long", async () => {
    const { as, versionId } = await withBaa();
    const answers = butFor("permitted-uses", { clause: "4".repeat(61), note: "x".repeat(301) });
    expect(await issuesOf(checkBaaTerms(as.owner, { versionId, newest: 0, answers }))).toEqual([
      ["answers.0.clause", "too_long"],
      ["answers.0.note", "too_long"],
    ]);
  });
});

test("the longest check there can be stays well below what the ledger hashes", async () => {
  const { as, clinicId, versionId } = await withBaa();
  const [clause, note] = ["𠮷".repeat(CLAUSE_LENGTH_MAX), "𠮷".repeat(TERM_NOTE_LENGTH_MAX)];
  const answers = allMet().map(({ term }) => ({ term, answer: "not_met" as const, clause, note }));
  await checkBaaTerms(as.owner, { versionId, newest: 0, answers });
  const [row] = await asApp(clinicId, (sql) => sql("SELECT answers FROM baa_check"));
  const bytes = Buffer.byteLength(bodyText(row.answers));
  expect(bytes).toBeGreaterThan(30_000);
  expect(bytes).toBeLessThan(48_000);
});

test("a later check supersedes the earlier one and stands beside it; a check on an old page is refused", async () => {
  const { as, vendorId, baaId, versionId } = await withBaa();
  await checkBaaTerms(as.owner, { versionId, newest: 0, answers: butFor("safeguards", { answer: "not_met" }) });
  const stale = checkBaaTerms(as.privacy_officer, { versionId, newest: 0, answers: allMet() });
  await expect(stale).rejects.toMatchObject({ code: "baa_check.checked_meanwhile" });
  await checkBaaTerms(as.privacy_officer, { versionId, newest: 1, answers: allMet() });
  expect((await baaNow(as.owner, { vendorId, baaId })).checks).toMatchObject([
    { number: 2, requiredNotMet: [] },
    { number: 1, requiredNotMet: ["safeguards"] },
  ]);
});

test("of four who check at once one does", async () => {
  const { as, vendorId, baaId, versionId } = await withBaa();
  const results = await Promise.allSettled(
    Array.from({ length: 4 }, () => checkBaaTerms(as.owner, { versionId, newest: 0, answers: allMet() })),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await baaNow(as.owner, { vendorId, baaId })).checks).toHaveLength(1);
});

test("the form starts from the clauses of last time and never from an answer", async () => {
  const { as, vendorId, baaId, versionId } = await withBaa();
  expect(await getBaaCheckForm(as.owner, { vendorId, baaId })).toMatchObject({ newest: 0, version: { number: 1 } });
  await checkBaaTerms(as.owner, { versionId, newest: 0, answers: butFor("safeguards", { note: "See annex B." }) });
  await addBaaVersion(as.owner, {
    baaId,
    ...typedAgreement(),
    kind: "amendment",
    version: 1,
    effectiveOn: "2026-06-01",
  });
  const form = await getBaaCheckForm(as.owner, { vendorId, baaId });
  expect(form).toMatchObject({ newest: 0, version: { number: 2 } });
  expect(form.terms[1]).toMatchObject({ key: "safeguards", clause: "4.2", note: "See annex B.", mayNotApply: false });
  expect(form.terms.filter((term) => "answer" in term)).toEqual([]);
  expect(await getBaaCheckForm(as.owner, { vendorId, baaId, number: 1 })).toMatchObject({ newest: 1 });
  await expect(getBaaCheckForm(as.owner, { vendorId, baaId, number: 3 })).rejects.toBeInstanceOf(NotFound);
});

test("another clinic's version is not found, and only an officer checks", async () => {
  const [one, other] = [await withBaa(), await withBaa()];
  for (const versionId of [other.versionId, newId()]) {
    const attempt = checkBaaTerms(one.as.owner, { versionId, newest: 0, answers: allMet() });
    await expect(attempt).rejects.toBeInstanceOf(NotFound);
  }
  const { versionId, vendorId, baaId } = one;
  for (const who of [one.as.manager, one.as.staff, one.as.auditor, one.system]) {
    await expect(checkBaaTerms(who, { versionId, newest: 0, answers: allMet() })).rejects.toBeInstanceOf(Forbidden);
    await expect(getBaaCheckForm(who, { vendorId, baaId })).rejects.toBeInstanceOf(Forbidden);
  }
});
