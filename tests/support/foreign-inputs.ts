import { requireSecondApprover } from "#lib/domain/clinic/commands/require-second-approver.ts";
import { completeEvidencePack } from "#lib/domain/evidence/commands/complete-evidence-pack.ts";
import { requestEvidencePack } from "#lib/domain/evidence/commands/request-evidence-pack.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { narrowDeepseek } from "#lib/domain/tools/commands/narrow-deepseek.ts";
import { openSession } from "#lib/platform/auth/sign-in.ts";
import type { TestClinic } from "#tests/support/clinic.ts";
import { issueDirective } from "#tests/support/policies.ts";
import { asApp } from "#tests/support/sql.ts";

export type Ids = Readonly<Record<"toolId" | "narrowingId" | "policyVersionId" | "packId" | "eventId" | "memberId" | "sessionId", string>>;

const PACK = { fileName: "pack.zip", bytes: new TextEncoder().encode("a pack of the other clinic") };
const AT = new Date("2026-01-05T10:00:00Z");

/**
 * An input for each command and query that names things by id, made of the ids it is given. Who adds one adds it here:
 * the matrix refuses a definition that takes ids and has no line.
 */
export const INPUTS: Readonly<Record<string, (ids: Ids) => object>> = {
  "answer-catalogue-update": ({ toolId }) => ({ toolId, version: 1, entrySha256: "0".repeat(64), answers: "accept_all" }),
  "approve-narrowing": ({ narrowingId }) => ({ narrowingId }),
  "catalogue-update-page": ({ toolId }) => ({ toolId }),
  "complete-evidence-pack": ({ packId }) => ({ packId, ...PACK }),
  "decline-narrowing": ({ narrowingId }) => ({ narrowingId, reason: "The host is not named." }),
  "decide-tool": ({ toolId }) => ({ toolId, version: 1, status: "retired", reason: "Nobody uses it." }),
  "download-evidence-pack": ({ packId }) => ({ packId }),
  "event-for-reaction": ({ eventId }) => ({ eventId }),
  "evidence-pack": ({ packId }) => ({ packId }),
  "evidence-pack-chunk": ({ packId }) => ({ packId, number: 0 }),
  "fail-evidence-pack": ({ packId }) => ({ packId }),
  "may-i-use-it": ({ toolId }) => ({ toolId }),
  "narrow-deepseek": ({ toolId }) => ({ toolId, version: 1, rationale: "Our host runs the weights." }),
  "pack-bytes": ({ packId }) => ({ packId }),
  "pack-content": ({ packId }) => ({ packId }),
  "record-sign-ins": ({ memberId, sessionId }) => ({
    opened: [{ memberId, sessionId, at: AT }],
    refused: [{ memberId, at: AT }],
  }),
  "restore-deepseek-prohibition": ({ toolId }) => ({ toolId, reason: "The host has changed." }),
  "sign-policy": ({ policyVersionId }) => ({
    ...{ versionId: policyVersionId, textSha256: "0".repeat(64), locale: "en", typedName: "Grace Okafor" },
  }),
  "tool-page": ({ toolId }) => ({ toolId }),
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
  return { toolId, narrowingId, policyVersionId, packId, eventId: event.event_id, memberId: member.id, sessionId };
}
