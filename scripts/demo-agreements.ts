import { issuePolicy } from "#lib/domain/policies/commands/issue-policy.ts";
import { signPolicy } from "#lib/domain/policies/commands/sign-policy.ts";
import { getIssuePolicyPage, getPolicyPage } from "#lib/domain/policies/queries.ts";
import { issueBlockListAddress } from "#lib/domain/tools/block-list/commands/issue-block-list-address.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { decideTool } from "#lib/domain/tools/commands/decide-tool.ts";
import { grantException } from "#lib/domain/tools/exceptions/commands/grant-exception.ts";
import { getToolPage } from "#lib/domain/tools/queries.ts";
import { checkBaaTerms } from "#lib/domain/vendors/baas/commands/check-baa-terms.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { getBaaCheckForm } from "#lib/domain/vendors/baas/queries.ts";
import { describeVendor } from "#lib/domain/vendors/commands/describe-vendor.ts";
import { recordInferencePath } from "#lib/domain/vendors/paths/commands/record-inference-path.ts";
import { getVendorPage } from "#lib/domain/vendors/queries.ts";
import { completeWorksheet } from "#lib/domain/vendors/worksheet/commands/complete-worksheet.ts";
import { saveWorksheet } from "#lib/domain/vendors/worksheet/commands/save-worksheet.ts";
import { startWorksheet } from "#lib/domain/vendors/worksheet/commands/start-worksheet.ts";
import { getWorksheetPage } from "#lib/domain/vendors/worksheet/queries.ts";
import { addDays, type CalendarDate, calendarDateIn } from "#lib/kernel/dates.ts";
import { renderPdf } from "#lib/platform/pdf/render.ts";
import { ago, catalogued, type Moment, officer } from "#scripts/demo-moment.ts";
import { answerRequests } from "#scripts/demo-requests.ts";
import type { OpenedClinic } from "#scripts/open-clinic.ts";

/** Harbor's agreements, paths, worksheets, requests, exception and directive, over the last six weeks. */
export async function keepHarborsAgreements(clinic: OpenedClinic, now: Date): Promise<void> {
  const at: Moment = { clinic, now, today: calendarDateIn("America/New_York", now) };
  await approveTheScribe(at);
  await approveChatGptEnterprise(at);
  await letCopilotRunOut(at);
  await approveZoom(at);
  await recordTheWrongPlan(at);
  await answerRequests(at);
  await grantTheException(at);
  await issueTheDirective(at);
}

// In force for most of a year, checked, with a path that it covers: the way it should look.
async function approveTheScribe(at: Moment): Promise<void> {
  const { toolId, vendorId } = await catalogued(at, "abridge-enterprise");
  await judgeVendor(at, 36, vendorId, "It records visits and keeps the audio until the note is signed.", {
    website: "https://www.abridge.com",
    jurisdiction: "United States",
  });
  const { baaId, versionId } = await agree(at, 35, {
    ...{ vendorId, reference: "BAA with Abridge, 2026", theirParty: "Abridge AI, Inc.", surfaces: [toolId] },
    ...{ effectiveOn: addDays(at.today, -35), expiresOn: addDays(at.today, 330), noticeDays: 60 },
    services: ["Ambient documentation of visits", "Drafts of notes in the record system"],
  });
  await checkTerms(at, 34, vendorId, { baaId, versionId });
  await recordInferencePath(officer(at, 33), {
    ...{ toolId, after: 0, statedIn: "Security overview for customers, page 4", statedOn: addDays(at.today, -40) },
    hops: [
      { processor: "Abridge", role: "vendor_application", place: "United States", coverage: "our_baa", baaId },
      {
        ...{ processor: "The vendor's cloud host", role: "cloud_host", place: "United States", coverage: "shown_baa" },
        ...{ shownOn: addDays(at.today, -34), shownUntil: addDays(at.today, 300) },
        evidence:
          "First and last page of the vendor's own BAA with its host, shown in a call and kept by us as a note.",
      },
    ],
  });
  await verifyVendor(
    at,
    32,
    toolId,
    "May be used for documentation of visits, with the patient told and the note read.",
  );
  await approve(at, 31, toolId, "The scribe pilot of the spring, now for all clinicians.", [
    "The patient is told before the recording starts.",
    "The clinician reads and signs every note.",
    "Clinic accounts only.",
  ]);
}

async function approveChatGptEnterprise(at: Moment): Promise<void> {
  const { toolId, vendorId } = await catalogued(at, "openai-chatgpt-enterprise");
  await judgeVendor(at, 35, vendorId, "Letters about patients are drafted in the clinic's own workspace.", {
    website: "https://openai.com",
    jurisdiction: "United States",
  });
  const { baaId } = await agree(at, 34, {
    ...{ vendorId, reference: "BAA with OpenAI, 2025", theirParty: "OpenAI OpCo, LLC", surfaces: [toolId] },
    ...{ effectiveOn: addDays(at.today, -341), expiresOn: addDays(at.today, 24), noticeDays: 30 },
    services: ["ChatGPT Enterprise, the clinic's workspace"],
  });
  await recordInferencePath(officer(at, 33), {
    ...{
      toolId,
      after: 0,
      statedIn: "List of sub-processors, as sent by the vendor",
      statedOn: addDays(at.today, -36),
    },
    hops: [
      { processor: "OpenAI", role: "vendor_application", place: "United States", coverage: "our_baa", baaId },
      {
        ...{ processor: "The vendor's cloud host", role: "cloud_host", place: "United States", coverage: "shown_baa" },
        ...{
          shownOn: addDays(at.today, -33),
          evidence: "Named in annex B of the vendor's reply, with the date of its BAA.",
        },
      },
    ],
  });
  await approve(at, 30, toolId, "Letters to patients and insurers, drafted in the clinic's workspace.", [
    "Only in the clinic's workspace, with the clinic's sign-in.",
    "The minimum of patient data that the letter needs.",
    "A person reads every letter before it goes out.",
  ]);
  const { toolId: free } = await catalogued(at, "openai-chatgpt-consumer");
  await decide(at, 29, free, "prohibited", "OpenAI signs no BAA for this plan, and inputs may train its models.");
}

// Approved while its agreement was in force; since it ran out the approval is worth nothing.
async function letCopilotRunOut(at: Moment): Promise<void> {
  const { toolId, vendorId } = await catalogued(at, "microsoft-365-copilot");
  await judgeVendor(at, 34, vendorId, "Mail and documents with patient data lie in its cloud.", {
    website: "https://www.microsoft.com",
    jurisdiction: "United States",
  });
  const { baaId } = await agree(at, 33, {
    ...{ vendorId, reference: "BAA with Microsoft, 2025", theirParty: "Microsoft Corporation", surfaces: [toolId] },
    ...{ effectiveOn: addDays(at.today, -370), expiresOn: addDays(at.today, -5), noticeDays: null },
    services: ["Microsoft 365 with Copilot"],
  });
  await recordInferencePath(officer(at, 32), {
    ...{ toolId, after: 0, statedIn: "Product terms, data processing addendum", statedOn: addDays(at.today, -60) },
    hops: [{ processor: "Microsoft", role: "vendor_application", place: "United States", coverage: "our_baa", baaId }],
  });
  await approve(at, 28, toolId, "Minutes of staff meetings and drafts in the clinic's own tenant.", [
    "Only in the clinic's tenant.",
    "No recordings of visits.",
  ]);
}

async function approveZoom(at: Moment): Promise<void> {
  const { toolId, vendorId } = await catalogued(at, "zoom-ai-companion-paid");
  await judgeVendor(at, 26, vendorId, "Telehealth visits are held in it.", {
    website: "https://www.zoom.com",
    jurisdiction: "United States",
  });
  const { baaId, versionId } = await agree(at, 26, {
    ...{ vendorId, reference: "BAA with Zoom, 2026", theirParty: "Zoom Communications, Inc.", surfaces: [toolId] },
    ...{ effectiveOn: addDays(at.today, -60), expiresOn: addDays(at.today, 305), noticeDays: 30 },
    services: ["Telehealth visits", "Summaries of staff meetings"],
  });
  await checkTerms(at, 25, vendorId, { baaId, versionId });
  await recordInferencePath(officer(at, 25), {
    ...{ toolId, after: 0, statedIn: "The vendor's security paper", statedOn: addDays(at.today, -30) },
    hops: [{ processor: "Zoom", role: "vendor_application", place: "United States", coverage: "our_baa", baaId }],
  });
  await approve(at, 24, toolId, "Summaries of visits by video, for the clinician's own note.", [
    "The patient is told before the summary is switched on.",
    "The clinician reads every summary before it is kept.",
  ]);
}

// Names another plan than the one that people use: it covers nothing of theirs.
async function recordTheWrongPlan(at: Moment): Promise<void> {
  await adoptTools(officer(at, 28), { keys: ["anthropic-claude-enterprise"] });
  const { toolId, vendorId } = await catalogued(at, "anthropic-claude-enterprise");
  await agree(at, 27, {
    ...{ vendorId, reference: "BAA with Anthropic, 2026", theirParty: "Anthropic, PBC", surfaces: [toolId] },
    ...{ effectiveOn: addDays(at.today, -27), expiresOn: null, noticeDays: 30 },
    services: ["Claude Enterprise, which the clinic has not bought yet"],
  });
}

async function grantTheException(at: Moment): Promise<void> {
  const { toolId } = await catalogued(at, "grammarly-all-plans");
  const manager = at.clinic.as("luis", at.now);
  await grantException(officer(at, 11), {
    ...{ toolId, holder: "person", memberId: manager.actor.kind === "member" ? manager.actor.memberId : "" },
    reason: "The grant report is half written in it. It is finished on a computer without the patient portal.",
    endsOn: addDays(at.today, 1),
  });
}

// Some of those who are to sign have signed, some in Spanish.
async function issueTheDirective(at: Moment): Promise<void> {
  const ctx = officer(at, 9);
  const { draft } = await getIssuePolicyPage(ctx, { code: "P02" });
  await issuePolicy(ctx, {
    ...{ ...draft, code: "P02", addresses: draft.addresses.join("\n"), dueDays: 14 },
    ...{ effectiveOn: addDays(at.today, -9), amnestyUntil: addDays(at.today, 5) },
    ...{ privacyOfficer: "Dana Whitfield", securityOfficer: "Dana Whitfield", governingBody: "Grace Okafor" },
    reason: "Two people asked about DeepSeek in one week.",
  });
  await issueBlockListAddress(officer(at, 8), {});
  for (const [who, days, language] of [
    ["dana", 9, "en"],
    ["grace", 8, "en"],
    ["maria", 6, "es"],
    ["ben", 4, "en"],
    ["samuel.greene", 8, "en"],
    ["ruth.abelson", 7, "en"],
    ["elena.petrova", 7, "en"],
    ["tyrone.banks", 6, "en"],
    ["lucia.herrera", 6, "es"],
    ["hana.sato", 5, "en"],
    ["peter.novak", 5, "en"],
    ["carmen.diaz", 4, "es"],
    ["aisha.bello", 3, "en"],
    ["deepa.iyer", 3, "en"],
    ["marcus.hill", 2, "en"],
    ["isabel.moreau", 1, "en"],
  ] as const) {
    const signer = at.clinic.as(who, ago(at, days - 0.1));
    const { shown } = await getPolicyPage(signer, { code: "P02", language });
    if (shown === null || signer.actor.kind !== "member") throw new Error("nothing to sign");
    const { versionId, sha256: textSha256 } = shown;
    await signPolicy(signer, { versionId, textSha256, locale: language, typedName: signer.actor.name });
  }
}

type Agreement = {
  vendorId: string;
  reference: string;
  theirParty: string;
  surfaces: string[];
  effectiveOn: CalendarDate;
  expiresOn: CalendarDate | null;
  noticeDays: number | null;
  services: string[];
};

async function agree(at: Moment, days: number, agreement: Agreement) {
  const { theirParty, effectiveOn, expiresOn, reference } = agreement;
  const bytes = await samplePaper(at, [
    ["Agreement", reference],
    ["Between", `Harbor Family Clinic and ${theirParty}`],
    ["In force from", effectiveOn],
    ["To", expiresOn ?? "no end date"],
    ["Services", agreement.services.join(", ")],
  ]);
  return recordBaa(officer(at, days), {
    ...agreement,
    ourParty: "Harbor Family Clinic",
    agreedOn: effectiveOn,
    ends: expiresOn === null ? "never" : "on",
    signature: "both",
    note: "",
    file: { name: `${reference.replaceAll(",", "")}.pdf`, bytes },
  });
}

async function samplePaper(
  at: Moment,
  facts: ReadonlyArray<readonly [string, string]>,
): Promise<Uint8Array<ArrayBuffer>> {
  const pdf = await renderPdf({
    template: "sample-agreement",
    title: "Business associate agreement",
    locale: "en",
    data: {
      ...{ createdAt: at.now.toISOString(), clinic: "Harbor Family Clinic", mark: "Sample", facts },
      words: {
        ...{ page: "Page {page} of {pages}", asOf: "Sample" },
        notice: "A sample for the demo. Nobody agreed to this.",
        text: "In a clinic's own Wardbook this is the signed agreement, as it was received, byte for byte.",
      },
    },
  });
  return Uint8Array.from(pdf);
}

async function checkTerms(
  at: Moment,
  days: number,
  vendorId: string,
  { baaId, versionId }: { baaId: string; versionId: string },
): Promise<void> {
  const ctx = officer(at, days);
  const { terms } = await getBaaCheckForm(ctx, { vendorId, baaId });
  await checkBaaTerms(ctx, {
    ...{ versionId, newest: 0 },
    answers: terms.map((term, index) => {
      const isMissing = term.group === "ai" && index % 7 === 0;
      return {
        term: term.key,
        answer: isMissing ? ("not_met" as const) : ("met" as const),
        clause: isMissing ? "" : `Section ${1 + (index % 9)}.${1 + (index % 4)}`,
        note: isMissing ? "Asked the vendor to add it at the next renewal." : "",
      };
    }),
  });
}

async function verifyVendor(at: Moment, days: number, toolId: string, conclusion: string): Promise<void> {
  const ctx = officer(at, days);
  const { worksheetId } = await startWorksheet(ctx, { toolId });
  const { worksheet } = await getWorksheetPage(ctx, { worksheetId });
  const { version } = await saveWorksheet(ctx, {
    ...{ worksheetId, version: 1 },
    answers: worksheet.answers.map(({ question }, index) => ({
      question,
      answer: index % 9 === 4 ? ("concern" as const) : ("good" as const),
      note: index % 9 === 4 ? "Only in the annex, and without a date." : "Answered in writing by the vendor.",
    })),
  });
  await completeWorksheet(ctx, { worksheetId, version, conclusion, reverifyOn: addDays(at.today, 330) });
}

async function judgeVendor(
  at: Moment,
  days: number,
  vendorId: string,
  businessAssociateReason: string,
  facts: { website: string; jurisdiction: string },
): Promise<void> {
  const ctx = officer(at, days);
  const { vendor } = await getVendorPage(ctx, { vendorId });
  await describeVendor(ctx, {
    ...{ vendorId, version: vendor.version, businessAssociate: "yes", businessAssociateReason, ...facts },
    ...{ contactName: "", contactEmail: "", notes: "" },
  });
}

async function approve(at: Moment, days: number, toolId: string, reason: string, conditions: string[]): Promise<void> {
  const ctx = officer(at, days);
  const { tool } = await getToolPage(ctx, { toolId });
  const reviewOn = addDays(at.today, 180);
  await decideTool(ctx, { toolId, version: tool.version, status: "approved_for_phi", reason, conditions, reviewOn });
}

async function decide(at: Moment, days: number, toolId: string, status: "prohibited", reason: string): Promise<void> {
  const ctx = officer(at, days);
  const { tool } = await getToolPage(ctx, { toolId });
  await decideTool(ctx, { toolId, version: tool.version, status, reason, conditions: [], reviewOn: null });
}
