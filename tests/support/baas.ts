import type { z } from "zod";
import type { ClinicContext } from "#lib/domain/context.ts";
import { registerTool } from "#lib/domain/tools/commands/register-tool.ts";
import { getBaaPage } from "#lib/domain/vendors/baas/queries.ts";
import type { CheckBaaTerms, RecordBaa } from "#lib/domain/vendors/baas/schema.ts";
import { getVendorsPage } from "#lib/domain/vendors/queries.ts";
import type { BaaFacts, BaaVersionFacts, HopFacts } from "#lib/domain/vendors/schema.ts";
import { listBaaTerms } from "#lib/domain/vendors/terms/store.ts";
import { typedTool } from "#tests/support/tools.ts";

/** A version in force from 1 January 2026 on without an end, signed by both, that names the scribe; but for what is said. */
export function version(number: number, fields: Partial<BaaVersionFacts> = {}): BaaVersionFacts {
  return {
    id: `version ${number}`,
    number,
    corrects: null,
    effectiveOn: "2026-01-01",
    expiresOn: null,
    signature: "both",
    surfaces: ["scribe"],
    ...fields,
  };
}

export function baa(versions: readonly BaaVersionFacts[], fields: Partial<BaaFacts> = {}): BaaFacts {
  return { id: "baa", reference: "BAA 2026", terminatedAfter: null, versions, ...fields };
}

/** A hop that the clinic's own equipment is, but for what is said. */
export function hop(fields: Partial<HopFacts> = {}): HopFacts {
  return { processor: "Clinic's server", coverage: "own", baa: null, shownOn: null, shownUntil: null, ...fields };
}

/** A paper that begins as a PDF does, and is of so many bytes. */
export function pdf(text = "Business associate agreement", sizeBytes = 0): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(`%PDF-1.7\n${text}\n%%EOF\n`);
  const padded = new Uint8Array(Math.max(sizeBytes, bytes.byteLength));
  padded.set(bytes);
  return padded;
}

/** What a person might type for an agreement, in force since 1 March 2026 without an end and signed by both. */
export function typedBaa(vendorId: string, fields: Partial<z.input<typeof RecordBaa>> = {}): z.input<typeof RecordBaa> {
  return { vendorId, reference: "HIPAA BAA 2026", ...typedAgreement(), ...fields };
}

export function typedAgreement() {
  return {
    ourParty: "Harbor Family Clinic, PLLC",
    theirParty: "Northwind Labs, Inc.",
    agreedOn: "2026-02-20",
    effectiveOn: "2026-03-01",
    ends: "never" as const,
    noticeDays: "30",
    services: "Northwind Scribe, Team plan\nSupport",
    signature: "both" as const,
  };
}

/** Every term answered as met in a clause of its own. */
export function allMet(): z.input<typeof CheckBaaTerms>["answers"] {
  return listBaaTerms().map((term, index) => ({ term: term.key, answer: "met" as const, clause: `4.${index + 1}` }));
}

/** A registered tool of a vendor, and both ids. */
export async function toolWithVendor(as: ClinicContext, product = "Northwind Scribe", vendor = "Northwind Labs") {
  const { toolId } = await registerTool(as, typedTool(product, { vendor }));
  const { rows } = await getVendorsPage(as, { q: vendor });
  return { toolId, vendorId: rows[0]?.id ?? "" };
}

/** The BAA as its page shows it. */
export async function baaNow(as: ClinicContext, { vendorId, baaId }: { vendorId: string; baaId: string }) {
  return (await getBaaPage(as, { vendorId, baaId })).baa;
}
