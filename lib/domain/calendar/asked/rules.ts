import type { AskedItem, MissingItem } from "#lib/domain/calendar/asked/schema.ts";
import { indexOf, type SectionContent } from "#lib/domain/evidence/rules.ts";
import type { ProtocolItem, Section } from "#lib/domain/evidence/schema.ts";

type Sections = Readonly<Record<Section, SectionContent>>;

/**
 * Where the records of each section are read, and where the first of them is made; null where nothing is to be made only to
 * answer OCR: nobody leaves, asks or is excepted for the sake of a record. Below the clinic's address.
 */
const PLACES: Readonly<Record<Section, { readonly read: string; readonly make: string | null }>> = {
  tools: { read: "/tools", make: "/tools/catalogue" },
  tool_decisions: { read: "/tools", make: "/tools?status=needs_review" },
  tool_requests: { read: "/requests", make: null },
  tool_exceptions: { read: "/tools/exceptions", make: null },
  block_list: { read: "/block-list", make: "/tools/catalogue" },
  vendors: { read: "/vendors", make: "/vendors/new" },
  baas: { read: "/vendors", make: "/vendors" },
  baa_terms: { read: "/vendors", make: "/vendors" },
  inference_paths: { read: "/tools", make: "/tools?status=approved_for_phi" },
  due_diligence: { read: "/tools", make: "/tools" },
  policies: { read: "/policies", make: "/policies/P02/issue" },
  attestations: { read: "/policies", make: "/policies" },
  signature_rolls: { read: "/policies", make: "/policies/P02/issue" },
  members: { read: "/people", make: "/people/invite" },
  role_history: { read: "/people", make: null },
  offboarding: { read: "/people?state=left", make: null },
  access_reviews: { read: "/people/access-reviews", make: "/people/access-reviews" },
  access_review_rows: { read: "/people/access-reviews", make: "/people/access-reviews" },
  emergency_people: { read: "/people/emergency-access/people", make: "/people/emergency-access/people" },
  emergency_access: { read: "/people/emergency-access", make: null },
  sign_in_settings: { read: "/settings", make: null },
  emergency_rules: { read: "/people/emergency-access/people", make: null },
  designations: { read: "/people/officers", make: "/people/officers" },
  ledger: { read: "/ledger", make: null },
};

/** Every item with whether today's records answer it, and where those are read. */
export function askedItems(protocol: readonly ProtocolItem[], sections: Sections): AskedItem[] {
  const statusOf = new Map(indexOf(protocol, sections).map(({ item, status }) => [item, status]));
  return protocol.map(({ item, title, citation, rule, answers }) => ({
    ...{ item, title, citation, rule, status: statusOf.get(item) ?? "none" },
    places: answers
      .filter(({ section }) => sections[section].records > 0)
      .map(({ section }) => ({ section, path: PLACES[section].read })),
  }));
}

/** What OCR would find no record on although the clinic could make one here and now. */
export function missingNow(protocol: readonly ProtocolItem[], sections: Sections): MissingItem[] {
  return protocol.flatMap(({ item, title, citation, answers }) => {
    if (answers.some(({ section }) => sections[section].records > 0)) return [];
    for (const { section } of answers) {
      const { make } = PLACES[section];
      if (make !== null) return [{ item, title, citation, section, path: make }];
    }
    return [];
  });
}
