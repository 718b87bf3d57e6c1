import { startAccessReview } from "#lib/domain/clinic/access-reviews/commands/start-access-review.ts";
import { inviteMember } from "#lib/domain/clinic/commands/invite-member.ts";
import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { addDomain } from "#lib/domain/clinic/domains/commands/add-domain.ts";
import { nameEmergencyPerson } from "#lib/domain/clinic/emergency-access/commands/name-emergency-person.ts";
import { openEmergencyAccess } from "#lib/domain/clinic/emergency-access/commands/open-emergency-access.ts";
import { deactivateMember } from "#lib/domain/clinic/people/commands/deactivate-member.ts";
import { getMemberPage } from "#lib/domain/clinic/people/queries.ts";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import { designateOfficer } from "#lib/domain/clinic/settings/commands/designate-officer.ts";
import { completeEvidencePack } from "#lib/domain/evidence/commands/complete-evidence-pack.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { giveNotice } from "#lib/domain/notifications/commands/give-notice.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { grantException } from "#lib/domain/tools/exceptions/commands/grant-exception.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import { answerRequest } from "#lib/domain/tools/requests/commands/answer-request.ts";
import { askForTool } from "#lib/domain/tools/requests/commands/ask-for-tool.ts";
import { recordBaa } from "#lib/domain/vendors/baas/commands/record-baa.ts";
import { terminateBaa } from "#lib/domain/vendors/baas/commands/terminate-baa.ts";
import { getBaaPage } from "#lib/domain/vendors/baas/queries.ts";
import { getVendorsPage } from "#lib/domain/vendors/queries.ts";
import { startWorksheet } from "#lib/domain/vendors/worksheet/commands/start-worksheet.ts";
import { addDays, calendarDateIn } from "#lib/kernel/dates.ts";
import { openSession } from "#lib/platform/auth/sign-in.ts";
import { pdf, typedAgreement, typedBaa } from "#tests/support/baas.ts";
import type { TestClinic } from "#tests/support/clinic.ts";
import { issueDirective, newColleague } from "#tests/support/policies.ts";
import { memberIdOf, seenNow } from "#tests/support/roster.ts";
import { asApp } from "#tests/support/sql.ts";

export const ID_NAMES = [
  "toolId",
  "narrowingId",
  "policyVersionId",
  "packId",
  "eventId",
  "memberId",
  "sessionId",
  "requestId",
  "exceptionId",
  "vendorId",
  "baaId",
  "baaVersionId",
  "terminationId",
  "fileId",
  "worksheetId",
  "importId",
  "rosterImportId",
  "answeredRequestId",
  "noticeId",
  "invitationId",
  "locationId",
  "endingId",
  "designationId",
  "messageId",
  "reviewId",
  "emergencyPersonId",
  "emergencyUseId",
  "domainId",
] as const;
export type Ids = Readonly<Record<(typeof ID_NAMES)[number], string>>;

const PACK = { fileName: "pack.zip", bytes: new TextEncoder().encode("a pack of the other clinic") };
const AT = new Date("2026-01-05T10:00:00Z");

/**
 * An input for each command and query that names things by id, made of the ids it is given. Who adds one adds it here:
 * the matrix refuses a definition that takes ids and has no line.
 */
export const INPUTS: Readonly<Record<string, (ids: Ids) => object>> = {
  "abandon-access-review": ({ reviewId }) => ({ reviewId, reason: "Half the staff left." }),
  "access-review-page": ({ reviewId }) => ({ reviewId }),
  "access-review-rows": ({ reviewId }) => ({ reviewId }),
  "access-review-text": ({ reviewId }) => ({ reviewId }),
  "judge-access": ({ reviewId, memberId }) => ({ reviewId, rows: [{ memberId, version: 7, verdict: "keep" }] }),
  "keep-rest": ({ reviewId }) => ({ reviewId, count: 1 }),
  "sign-access-review": ({ reviewId }) => ({
    ...{ reviewId, textSha256: "0".repeat(64), locale: "en", typedName: "Grace Okafor" },
  }),
  "name-emergency-person": ({ memberId }) => ({ memberId, fromOn: "2099-01-01", reason: "Runs the desk." }),
  "end-emergency-person": ({ emergencyPersonId }) => ({ personId: emergencyPersonId, reason: "Moves away." }),
  "emergency-use": ({ emergencyUseId }) => ({ useId: emergencyUseId }),
  "end-emergency-access": ({ emergencyUseId }) => ({ useId: emergencyUseId }),
  "review-emergency-access": ({ emergencyUseId }) => ({
    ...{ useId: emergencyUseId, justified: "yes", done: "One tool was decided.", typedName: "Priya Raman" },
  }),
  "apply-import": ({ importId }) => ({ importId }),
  "change-location": ({ locationId }) => ({ locationId, version: 7, name: "Annex" }),
  "close-location": ({ locationId }) => ({ locationId, version: 7 }),
  "designate-officer": ({ memberId }) => ({
    ...{ office: "security_official", memberId, fromOn: "2026-01-05", duties: "Keeps systems safe." },
  }),
  "end-designation": ({ designationId }) => ({ designationId, toOn: "2099-01-01", reason: "Hands over." }),
  location: ({ locationId }) => ({ locationId }),
  "change-role": ({ memberId }) => ({ memberId, version: 7, role: "manager", reason: "Takes over." }),
  "deactivate-member": ({ memberId }) => ({ memberId, version: 7, lastDay: "2099-01-01", reason: "Moves away." }),
  "describe-member": ({ memberId, locationId }) => ({ memberId, locationId, version: 1, workforceType: "student" }),
  "dismiss-notice": ({ noticeId }) => ({ noticeId }),
  "give-notice": ({ answeredRequestId }) => ({ kind: "request_answered", subjectId: answeredRequestId }),
  "issue-reset-link": ({ memberId }) => ({ memberId }),
  "reset-factors": ({ memberId }) => ({ memberId, reason: "The phone was lost." }),
  "domain-to-verify": ({ domainId }) => ({ domainId }),
  "verify-domain": ({ domainId }) => ({ domainId, records: [] }),
  "set-joining": ({ domainId }) => ({ domainId, version: 7, joins: "yes" }),
  "end-domain": ({ domainId }) => ({ domainId, version: 7 }),
  "queue-directive-mail": ({ policyVersionId }) => ({ policyVersionId }),
  "queue-invitation-mail": ({ invitationId }) => ({ invitationId }),
  "record-deliveries": ({ messageId }) => ({
    deliveries: [{ messageId, locale: "en", outcome: { is: "failed", failure: "message_refused", again: false } }],
  }),
  "renew-imported-invitations": ({ rosterImportId }) => ({ importId: rosterImportId }),
  "record-bounce": ({ messageId }) => ({ messageId, receipt: "a message of the service", how: "bounced" }),
  "send-mail-again": ({ messageId }) => ({ messageId }),
  "hand-mail-over": ({ messageId }) => ({ messageId }),
  "import-page": ({ importId }) => ({ importId }),
  "new-baa-form": ({ vendorId }) => ({ vendorId }),
  "rename-vendor": ({ vendorId }) => ({ vendorId, version: 1, name: "Tidewater Health" }),
  "request-names": ({ requestId }) => ({ requestId }),
  "add-baa-version": ({ baaId, toolId }) => ({
    ...{ baaId, version: 1, kind: "amendment", surfaces: [toolId], ...typedAgreement() },
  }),
  "answer-request": ({ requestId, toolId }) => ({
    ...{ requestId, version: 1, answer: "use_instead", answerToolId: toolId, reason: "This one is approved." },
  }),
  "attach-worksheet-file": ({ worksheetId }) => ({ worksheetId, question: "encryption", name: "a.pdf", bytes: pdf() }),
  "answer-catalogue-update": ({ toolId }) => ({
    toolId,
    version: 1,
    entrySha256: "0".repeat(64),
    answers: "accept_all",
  }),
  "approve-narrowing": ({ narrowingId }) => ({ narrowingId }),
  "ask-for-tool": ({ toolId }) => ({ toolId, purpose: "Letters to suppliers.", goesIn: "phi" }),
  "attach-baa-document": ({ baaVersionId }) => ({
    versionId: baaVersionId,
    file: { name: "baa.pdf", bytes: pdf("more") },
  }),
  "baa-check-form": ({ vendorId, baaId }) => ({ vendorId, baaId }),
  "baa-page": ({ vendorId, baaId }) => ({ vendorId, baaId }),
  "check-baa-terms": ({ baaVersionId }) => ({ versionId: baaVersionId, newest: 0, answers: [] }),
  "complete-worksheet": ({ worksheetId }) => ({
    ...{ worksheetId, version: 1, conclusion: "Good enough.", reverifyOn: "2099-01-01" },
  }),
  "catalogue-update-page": ({ toolId }) => ({ toolId }),
  "complete-evidence-pack": ({ packId }) => ({ packId, ...PACK }),
  "decline-narrowing": ({ narrowingId }) => ({ narrowingId, reason: "The host is not named." }),
  "decide-tool": ({ toolId, requestId }) => ({
    ...{ toolId, requestId, version: 1, status: "retired", reason: "Nobody uses it." },
  }),
  "describe-vendor": ({ vendorId }) => ({ vendorId, version: 1, businessAssociate: "unknown" }),
  "download-evidence-pack": ({ packId }) => ({ packId }),
  "event-for-reaction": ({ eventId }) => ({ eventId }),
  "evidence-pack": ({ packId }) => ({ packId }),
  "evidence-pack-chunk": ({ packId }) => ({ packId, number: 0 }),
  "fail-evidence-pack": ({ packId }) => ({ packId }),
  file: ({ fileId }) => ({ fileId }),
  "grant-exception": ({ toolId, memberId }) => ({
    ...{ toolId, holder: "person", memberId, reason: "A trial.", endsOn: "2099-01-01" },
  }),
  "inference-path-page": ({ toolId }) => ({ toolId }),
  invitation: ({ invitationId }) => ({ invitationId }),
  "invite-member": ({ locationId }) => ({ email: "ines@clinic.test", name: "Ines Duarte", role: "staff", locationId }),
  "member-page": ({ memberId }) => ({ memberId }),
  "reinstate-member": ({ memberId }) => ({ memberId, version: 7, reason: "Stays." }),
  "renew-invitation": ({ invitationId }) => ({ invitationId }),
  "revoke-invitation": ({ invitationId }) => ({ invitationId }),
  "settle-offboarding": ({ endingId }) => ({ endingId, version: 1, items: [] }),
  "link-request": ({ requestId, toolId }) => ({ requestId, toolId }),
  "may-i-use-it": ({ toolId }) => ({ toolId }),
  "narrow-deepseek": ({ toolId }) => ({ toolId, version: 1, rationale: "Our host runs the weights." }),
  "pack-bytes": ({ packId }) => ({ packId }),
  "pack-content": ({ packId }) => ({ packId }),
  "paper-bytes": ({ fileId }) => ({ fileId }),
  "record-baa": ({ vendorId, toolId }) => ({ ...typedBaa(vendorId), surfaces: [toolId] }),
  "record-inference-path": ({ toolId, baaId, fileId }) => ({
    ...{ toolId, after: 7, statedIn: "A list", keptFileId: fileId },
    hops: [{ processor: "Host", role: "cloud_host", coverage: "our_baa", baaId, keptFileId: fileId }],
  }),
  "record-account-events": ({ memberId, eventId }) => ({
    events: [{ id: eventId, memberId, at: AT, type: "password_changed", count: null }],
  }),
  "record-sign-ins": ({ memberId, sessionId }) => ({
    opened: [{ memberId, sessionId, at: AT }],
    refused: [{ memberId, at: AT }],
  }),
  "reopen-request": ({ answeredRequestId: requestId }) => ({ requestId, version: 2, reason: "It was another tool." }),
  request: ({ requestId }) => ({ requestId }),
  "request-form": ({ toolId }) => ({ toolId }),
  "restore-deepseek-prohibition": ({ toolId }) => ({ toolId, reason: "The host has changed." }),
  "save-worksheet": ({ worksheetId }) => ({ worksheetId, version: 7, conclusion: "Good enough." }),
  "sign-policy": ({ policyVersionId }) => ({
    ...{ versionId: policyVersionId, textSha256: "0".repeat(64), locale: "en", typedName: "Grace Okafor" },
  }),
  "similar-tools": ({ toolId }) => ({ toolId }),
  "start-worksheet": ({ toolId }) => ({ toolId }),
  "support-request": ({ requestId }) => ({ requestId }),
  "terminate-baa": ({ baaId }) => ({ baaId, version: 1, lastDay: "2026-06-30", reason: "Nobody uses it." }),
  "tool-exceptions": ({ toolId }) => ({ toolId }),
  "tool-page": ({ toolId }) => ({ toolId }),
  "unlink-request": ({ requestId }) => ({ requestId, version: 1 }),
  "vendor-page": ({ vendorId }) => ({ vendorId }),
  "withdraw-baa-termination": ({ terminationId }) => ({ terminationId, reason: "They stay." }),
  "withdraw-exception": ({ exceptionId }) => ({ exceptionId, reason: "The trial is over." }),
  "withdraw-request": ({ requestId }) => ({ requestId }),
  "worksheet-page": ({ worksheetId }) => ({ worksheetId }),
  "worksheets-page": ({ toolId }) => ({ toolId }),
};

/** A clinic's real ids: a surface with DeepSeek's weights, its proposed narrowing, a finished pack, an event, a session. */
export async function idsOf({ clinicId, as, system }: TestClinic): Promise<Ids> {
  await requireSecondApprover(as.owner, { required: true });
  const { toolIds } = await adoptTools(as.owner, { keys: ["amazon-web-services-bedrock-deepseek-r1"] });
  const toolId = toolIds[0] ?? "";
  const rationale = "Our billing vendor's host runs the weights.";
  const { narrowingId } = await narrowDeepseek(as.privacy_officer, { toolId, version: 1, rationale });
  const { versionId: policyVersionId } = await issueDirective(as.owner);
  const { packId } = await requestEvidencePack(as.owner, {});
  await completeEvidencePack(system, { packId, ...PACK });
  const [event] = await asApp(clinicId, (sql) =>
    sql("SELECT event_id FROM ledger.event WHERE type = 'evidence.requested'"),
  );
  const [member] = await asApp(clinicId, (sql) => sql("SELECT id, account_id FROM member WHERE role = 'staff'"));
  const { sessionId } = await openSession(member.account_id, "a browser");
  const asked = { product: "Tidewater Notes", purpose: "Notes of meetings.", goesIn: "nothing" } as const;
  const { requestId } = await askForTool(as.owner, asked);
  const { toolIds: others } = await adoptTools(as.owner, { keys: ["openai-chatgpt-enterprise"] });
  const term = { endsOn: addDays(calendarDateIn("America/New_York", new Date()), 7), reason: "A trial." };
  const excepted = { toolId: others[0] ?? "", holder: "role", role: "staff" } as const;
  const { exceptionId } = await grantException(as.owner, { ...excepted, ...term });
  const vendorId = (await getVendorsPage(as.owner, { q: "amazon web services" })).rows[0]?.id ?? "";
  const agreement = typedBaa(vendorId, { reference: "Ended", file: { name: "baa.pdf", bytes: pdf() } });
  const { baaId, versionId: baaVersionId } = await recordBaa(as.owner, agreement);
  const [version] = (await getBaaPage(as.owner, { vendorId, baaId })).baa.versions;
  const fileId = version?.documents[0]?.id ?? "";
  const ended = { baaId, version: 1, lastDay: "2026-06-30", reason: "Nobody uses it." };
  const { terminationId } = await terminateBaa(as.owner, ended);
  const ofBaa = { vendorId, baaId, baaVersionId, terminationId, fileId };
  const { worksheetId } = await startWorksheet(as.owner, { toolId });
  const rows = new TextEncoder().encode("vendor,product,surface,category,why\nTidewater,Pilot,Free,voice,A pilot.");
  const { importId } = await previewImport(as.owner, { kind: "tools", file: { name: "tools.csv", bytes: rows } });
  const people = new TextEncoder().encode("name,email\nLena Brandt,lena@clinic.test");
  const roster = await previewImport(as.owner, { kind: "people", file: { name: "people.csv", bytes: people } });
  const { importId: rosterImportId } = await applyImport(as.owner, roster);
  const { requestId: answeredRequestId } = await askForTool(as.owner, { ...asked, product: "Tidewater Maps" });
  const answer = { requestId: answeredRequestId, version: 1, answer: "refused", reason: "Not needed." } as const;
  await answerRequest(as.privacy_officer, answer);
  const told = { kind: "request_answered", subjectId: answeredRequestId } as const;
  await giveNotice(system, told);
  const [notice] = await asApp(clinicId, (sql) => sql("SELECT id FROM notice"));
  const leaver = await newColleague({ system }, "Ines Duarte");
  const lastDay = calendarDateIn(as.owner.timeZone, new Date());
  await deactivateMember(as.owner, { ...(await seenNow(as.owner, leaver)), lastDay, reason: "Moves away." });
  const [ending] = (await getMemberPage(as.owner, { memberId: memberIdOf(leaver) })).endings;
  const { invitationId } = await inviteMember(as.owner, { email: "noor@clinic.test", name: "Noor", role: "staff" });
  const { locationId } = await addLocation(as.owner, { name: "Annex" });
  const { designationId } = await designateOfficer(as.owner, {
    ...{ office: "contact", memberId: memberIdOf(as.privacy_officer), fromOn: lastDay, duties: "Answers complaints." },
  });
  const { reviewId } = await startAccessReview(as.owner, {});
  const ofPeople = { endingId: ending?.id ?? "", invitationId, locationId, designationId, reviewId };
  const named = { fromOn: lastDay, reason: "Runs the desk." };
  const listed = await nameEmergencyPerson(as.owner, { memberId: memberIdOf(as.manager), ...named });
  const opened = await openEmergencyAccess(as.manager, {
    ...{ kind: "drill", reason: "A drill before the holidays.", minutes: 30, understood: "yes" },
  });
  const ofEmergency = { emergencyPersonId: listed.personId, emergencyUseId: opened.useId };
  const [message] = await asApp(clinicId, (sql) => sql("SELECT id FROM outbox_message"));
  const { domainId } = await addDomain(as.owner, { domain: "harbor.example", provider: "google" });
  const noticed = { importId, rosterImportId, answeredRequestId, noticeId: notice.id, messageId: message.id };
  const made = {
    ...noticed,
    ...ofPeople,
    ...ofEmergency,
    ...ofBaa,
    domainId,
    worksheetId,
    toolId,
    narrowingId,
    policyVersionId,
    packId,
    requestId,
    exceptionId,
  };
  return { ...made, eventId: event.event_id, memberId: member.id, sessionId };
}
