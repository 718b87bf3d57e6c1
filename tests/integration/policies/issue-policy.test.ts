import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { getLedgerPage, getLedgerSize } from "#lib/domain/ledger/queries.ts";
import { issuePolicy } from "#lib/domain/policies/commands/issue-policy.ts";
import type { Block, Inline } from "#lib/domain/policies/documents/schema.ts";
import { getIssuePolicyPage, getPolicyPreview } from "#lib/domain/policies/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { Forbidden, InvalidInput } from "#lib/kernel/errors.ts";
import { mintClinic } from "#tests/support/clinic.ts";
import { directiveShown, issueDirective, issuedDaysAgo, policyDraft } from "#tests/support/policies.ts";
import { asApp } from "#tests/support/sql.ts";
import { typedTool } from "#tests/support/tools.ts";

const today = calendarDateIn("America/New_York", new Date());

function textOf(blocks: readonly Block[]): string {
  const inline = (part: Inline): string => (part.kind === "text" ? part.text : part.children.map(inline).join(""));
  return blocks
    .map((block) =>
      block.kind === "list" ? block.items.map((item) => textOf(item)).join("\n") : block.children.map(inline).join(""),
    )
    .join("\n");
}

test("what staff are shown is what the officer was shown before, in both languages, kept under its own SHA-256", async () => {
  const { clinicId, as } = await mintClinic();
  const draft = await policyDraft(as.privacy_officer);
  const preview = await getPolicyPreview(as.privacy_officer, draft);
  const { versionId } = await issueDirective(as.privacy_officer);
  for (const locale of ["en", "es"] as const) {
    const shown = await directiveShown(as.staff, locale);
    expect(shown).toMatchObject({ versionId, number: 1, locale, ...preview.texts[locale] });
    const [row] = await asApp(clinicId, (sql) =>
      sql("SELECT locale, text FROM exact_text WHERE sha256 = $1", [shown.sha256]),
    );
    expect(row.locale).toBe(locale);
    expect(createHash("sha256").update(row.text).digest("hex")).toBe(shown.sha256);
  }
  expect(textOf((await directiveShown(as.staff, "es")).blocks)).toContain("DeepSeek no se puede usar para el trabajo");
});

test("the ledger tells who issued which version, from when and why, and the hashes of both texts", async () => {
  const { as } = await mintClinic();
  const { versionId, dueOn } = await issueDirective(as.privacy_officer);
  const [en, es] = [await directiveShown(as.staff, "en"), await directiveShown(as.staff, "es")];
  expect((await getLedgerPage(as.owner, {})).events[0]).toMatchObject({
    type: "policy.issued",
    object: { type: "policy_version", id: versionId },
    actor: { kind: "member" },
    data: {
      ...{ policyCode: "P02", number: 1, contentVersion: 1, effectiveOn: today, dueOn },
      ...{ reason: "DeepSeek was seen on a front desk phone.", textSha256En: en.sha256, textSha256Es: es.sha256 },
    },
  });
});

test("a form starts with what the clinic's records say, and leaves open what they don't", async () => {
  const { as } = await mintClinic();
  const page = await getIssuePolicyPage(as.owner, { code: "P02" });
  expect(page).toMatchObject({ newest: null, people: 4, contentVersion: 1 });
  expect(page.draft).toMatchObject({
    ...{ newest: 0, effectiveOn: today, dueDays: 3, amnestyUntil: addDays(today, 14), reportMinutes: 60 },
    ...{ privacyOfficer: "Dana Whitfield", governingBody: "Grace Okafor", securityOfficer: "" },
  });
  expect(page.draft.addresses).toEqual([
    ...["deepseek.com", "api.deepseek.com", "chat.deepseek.com", "platform.deepseek.com", "www.deepseek.com"],
  ]);
});

test("an address of a DeepSeek app that the clinic registered is named; one that another tool shares is not", async () => {
  const { as } = await mintClinic();
  const hostnames = "ask.dseek-chat.example\npoe.com";
  await registerTool(as.owner, typedTool("DeepSeek in your pocket", { vendor: "DeepSeek", hostnames }));
  await adoptTools(as.owner, { keys: ["quora-poe-deepseek"] });
  const { draft } = await getIssuePolicyPage(as.owner, { code: "P02" });
  expect(draft.addresses).toContain("ask.dseek-chat.example");
  expect(draft.addresses).toContain("deepseek.com");
  expect(draft.addresses).not.toContain("poe.com");
});

test("the text says the dates in its own language, the address where to ask, and the names given", async () => {
  const { as, slug } = await mintClinic();
  await issueDirective(as.privacy_officer, { governingBody: "The owners", governingBodyEs: "la dirección" });
  const words = { en: new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }) };
  const english = textOf((await directiveShown(as.staff, "en")).blocks);
  expect(english).toContain(`in force from ${words.en.format(new Date(`${today}T00:00:00Z`))}`);
  expect(english).toContain(`https://wardbook.test/c/${slug}/requests/new`);
  expect(english).toContain("reviewed by The owners");
  expect(english).toContain("within 3 days of receiving this");
  const spanish = textOf((await directiveShown(as.staff, "es")).blocks);
  expect(spanish).toMatch(/en vigor desde el \d{1,2} de \p{L}+ de \d{4}/u);
  expect(spanish).toContain("la dirección");
  expect(spanish).not.toContain("The owners");
});

test.each([
  ["a link", "[Dana](javascript:alert(1)) <img src=x onerror=alert(1)>"],
  ["emphasis and a heading", "**Dana** # Whitfield *and* _others_"],
  ["a blank of the text", "{{clinicName}} {{privacyOfficer}}"],
  ["a formula", "=HYPERLINK(\"https://evil.example\")&cmd|' /C calc'!A0"],
  ["signs of many scripts", "Dána 漢字 🙂 שלום &amp; \\* $& $1"],
])("%s that somebody types as a name is read as it was typed, and nothing around it changes", async (_, name) => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  await issueDirective(as.privacy_officer, {
    privacyOfficer: "XQZX",
    securityOfficer: "Noor",
    governingBody: "Owners",
  });
  const plain = (await directiveShown(as.staff)).blocks;
  await issueDirective(as.privacy_officer, { privacyOfficer: name, securityOfficer: "Noor", governingBody: "Owners" });
  expect((await directiveShown(as.staff)).blocks).toEqual(
    JSON.parse(JSON.stringify(plain), (_key, part) =>
      typeof part === "string" ? part.split("XQZX").join(name) : part,
    ),
  );
});

test("of two officers who issue at once one issues, and the other is told to read that version first", async () => {
  const { as } = await mintClinic();
  const drafts = [await policyDraft(as.owner), await policyDraft(as.privacy_officer, { reason: "Another reason." })];
  const { texts } = await getPolicyPreview(as.owner, await policyDraft(as.owner));
  const seen = { textSha256En: texts.en.sha256, textSha256Es: texts.es.sha256 };
  const results = await Promise.allSettled(
    [as.owner, as.privacy_officer].map((officer, index) =>
      issuePolicy(officer, { ...(drafts[index] ?? expect.fail()), ...seen }),
    ),
  );
  const told = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  expect(told).toEqual(["policy.issued_meanwhile"]);
  expect((await directiveShown(as.owner)).versions).toHaveLength(1);
  // And whoever comes with an old page later.
  const late = issuePolicy(as.owner, { ...(drafts[0] ?? expect.fail()), ...seen });
  await expect(late).rejects.toMatchObject({ code: "policy.issued_meanwhile" });
  await expect(getPolicyPreview(as.owner, drafts[0] ?? expect.fail())).rejects.toMatchObject({
    code: "policy.issued_meanwhile",
  });
});

test("a text that is not the one previewed is not issued, and nothing of it is kept", async () => {
  const { clinicId, as, system } = await mintClinic();
  const draft = await policyDraft(as.owner);
  const { texts } = await getPolicyPreview(as.owner, draft);
  const seen = { textSha256En: texts.en.sha256, textSha256Es: texts.es.sha256 };
  const { size } = await getLedgerSize(system, {});
  const changed = issuePolicy(as.owner, { ...draft, privacyOfficer: "Somebody else", ...seen });
  await expect(changed).rejects.toMatchObject({ code: "policy.preview_differs" });
  const swapped = issuePolicy(as.owner, { ...draft, textSha256En: texts.es.sha256, textSha256Es: texts.en.sha256 });
  await expect(swapped).rejects.toMatchObject({ code: "policy.preview_differs" });
  expect(await getLedgerSize(system, {})).toMatchObject({ size });
  expect(await asApp(clinicId, (sql) => sql("SELECT 1 FROM exact_text UNION ALL SELECT 1 FROM policy"))).toEqual([]);
});

test.each([
  ["begins yesterday", { effectiveOn: addDays(today, -1) }, "policy.effective_in_past"],
  [
    "begins in two years",
    { effectiveOn: addDays(today, 730), amnestyUntil: addDays(today, 731) },
    "policy.effective_too_far",
  ],
  ["ends self-reports before it begins", { amnestyUntil: addDays(today, -1) }, "policy.amnesty_before_order"],
] as const)(
  "a directive that %s is refused beside the field, in the preview and at the end",
  async (_, fields, code) => {
    const { as } = await mintClinic(["owner", "privacy_officer"]);
    const draft = await policyDraft(as.owner, fields);
    await expect(getPolicyPreview(as.owner, draft)).rejects.toMatchObject({ code });
    const seen = { textSha256En: "0".repeat(64), textSha256Es: "0".repeat(64) };
    await expect(issuePolicy(as.owner, { ...draft, ...seen })).rejects.toMatchObject({ code });
  },
);

test.each([
  ["no reason", { reason: " \n " }],
  ["a security officer of nothing but invisible characters", { securityOfficer: "\u200b\u2060" }],
  ["no address", { addresses: "" }],
  ["what is no address", { addresses: "deepseek.com\n<script>" }],
  ["a day that does not exist", { effectiveOn: "2027-02-30" }],
  ["a number of days that is not offered", { dueDays: 0 }],
  ["half a number", { reportMinutes: "60.5" }],
])("%s is a field to mend", async (_, fields) => {
  const { as } = await mintClinic(["owner"]);
  const draft = await policyDraft(as.owner, fields);
  await expect(getPolicyPreview(as.owner, draft)).rejects.toBeInstanceOf(InvalidInput);
});

test("a version for a later day is to be signed by that day at the earliest", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer"]);
  const effectiveOn = addDays(today, 10);
  const fields = { effectiveOn, amnestyUntil: effectiveOn, dueDays: 3 };
  expect((await issueDirective(as.owner, fields)).dueOn).toBe(effectiveOn);
  expect((await issueDirective(as.owner, { ...fields, dueDays: 14 })).dueOn).toBe(addDays(today, 14));
});

test("a new version of an order in force goes on from the order's first day, and keeps what was given", async () => {
  const { as } = await mintClinic(["owner", "privacy_officer", "staff"]);
  const firstDay = addDays(today, -40);
  await issuedDaysAgo(as.owner, 40, { securityOfficer: "Noor Haddad", reportMinutes: 30 });
  const { draft, newest } = await getIssuePolicyPage(as.privacy_officer, { code: "P02" });
  expect(newest).toEqual({ number: 1, orderedFrom: firstDay });
  expect(draft).toMatchObject({ newest: 1, securityOfficer: "Noor Haddad", reportMinutes: 30, effectiveOn: today });
  expect(draft.amnestyUntil).toBe(addDays(firstDay, 14));
  const { number } = await issueDirective(as.privacy_officer, { securityOfficer: "Noor Haddad" });
  expect(number).toBe(2);
  const shown = await directiveShown(as.staff);
  expect(shown.effectiveOn).toBe(today);
  const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  expect(textOf(shown.blocks)).toContain(`in force from ${words.format(new Date(`${firstDay}T00:00:00Z`))}`);
});

test("only the owner and the privacy officer issue, preview or see the form", async () => {
  const { as, system } = await mintClinic();
  const draft = await policyDraft(as.owner);
  const seen = { textSha256En: "0".repeat(64), textSha256Es: "0".repeat(64) };
  for (const ctx of [as.manager, as.staff, as.auditor, system]) {
    await expect(issuePolicy(ctx, { ...draft, ...seen })).rejects.toBeInstanceOf(Forbidden);
    await expect(getPolicyPreview(ctx, draft)).rejects.toBeInstanceOf(Forbidden);
    await expect(getIssuePolicyPage(ctx, { code: "P02" })).rejects.toBeInstanceOf(Forbidden);
  }
});
