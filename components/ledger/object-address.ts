import type { EventShown } from "#lib/domain/ledger/schema.ts";

type Address = { readonly label: string; readonly path: string };

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** The page of what an entry is about, below the clinic's own address; null where it has none of its own. */
export function objectAddress({ object, data }: Pick<EventShown, "object" | "data">): Address | null {
  const { id, type } = object;
  const toolId = type === "tool" ? id : text(data.toolId);
  const vendorId = text(data.vendorId);
  if (type === "baa" && vendorId !== null) return { label: "openBaa", path: `/vendors/${vendorId}/baas/${id}` };
  if (type === "tool_request") return { label: "openRequest", path: `/requests/${id}` };
  if (type === "import") return { label: "openImport", path: `/import/${id}` };
  if (type === "vendor") return { label: "openVendor", path: `/vendors/${id}` };
  if (type === "member") return { label: "openMember", path: `/people/${id}` };
  const memberId = text(data.memberId);
  if (type === "factor_reset" && memberId !== null) return { label: "openMember", path: `/people/${memberId}` };
  if (type === "clinic_domain") return { label: "openDomains", path: "/settings/domains" };
  if (type === "invitation") return { label: "openInvitation", path: `/people/invitations/${id}` };
  if (type === "location") return { label: "openLocations", path: "/people/locations" };
  if (type === "designation") return { label: "openOfficers", path: "/people/officers" };
  if (type === "access_review") return { label: "openAccessReview", path: `/people/access-reviews/${id}` };
  if (type === "emergency_use") return { label: "openEmergencyUse", path: `/people/emergency-access/${id}` };
  if (type === "emergency_person" || type === "emergency_rule") {
    return { label: "openEmergencyPeople", path: "/people/emergency-access/people" };
  }
  if (type === "evidence_pack") return { label: "openPack", path: `/evidence#pack-${id}` };
  if (type === "mail") return { label: "openOutbox", path: "/outbox" };
  if (type === "block_list") return { label: "openBlockList", path: "/block-list" };
  const code = text(data.policyCode);
  if (type === "policy_version" && code !== null) {
    return { label: "openPolicy", path: `/policies/${code}/versions/${data.number}` };
  }
  if (toolId === null) return null;
  if (type === "inference_path") return { label: "openPath", path: `/tools/${toolId}/path` };
  if (type === "due_diligence") return { label: "openWorksheet", path: `/tools/${toolId}/due-diligence/${id}` };
  if (type === "tool_exception") return { label: "openException", path: `/tools/${toolId}/exceptions` };
  return { label: "openTool", path: `/tools/${toolId}` };
}
