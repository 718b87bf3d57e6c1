import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Client } from "pg";
import { z } from "zod";
import type { ClinicContext, Role } from "#lib/domain/context.ts";
import { issuePolicy } from "#lib/domain/policies/commands/issue-policy.ts";
import { getIssuePolicyPage, getPolicyPreview } from "#lib/domain/policies/queries.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import { getCataloguePage } from "#lib/domain/tools/queries.ts";
import { newId } from "#lib/kernel/ids.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";
import { addPeople } from "#scripts/bench-roster.ts";
import { type ClinicToOpen, openClinic } from "#scripts/open-clinic.ts";

const TOOLS_LARGE = 20_000;
const TOOLS_SMALL = 20;
const EVENTS_LARGE = 1_000_000;
const EVENTS_AT_ONCE = 5_000;
const PASSWORD = "measured-on-one-machine-in-one-run";

type BenchRole = "owner" | "privacy_officer" | "staff";
const BENCH_ROLES: readonly BenchRole[] = ["owner", "privacy_officer", "staff"];

const people = (slug: string): Array<ClinicToOpen["people"][number] & { role: BenchRole }> =>
  BENCH_ROLES.map((role) => ({
    role,
    name: `Measured ${role.replace("_", " ")}`,
    email: `${role}@${slug}.example`,
    jobTitle: "Measured",
  }));

function benchClinic(name: string, peopleAdded = 0) {
  const slug = `bench-${name.toLowerCase()}`;
  return { name, slug, timeZone: "America/New_York", people: people(slug), peopleAdded };
}

/** What is compared: one measure is large in each, and all else as in the small one. */
export const BENCH_CLINICS = {
  small: benchClinic("Small"),
  large: benchClinic("Large"),
  crowd: benchClinic("Crowd", 5_000),
  thousand: benchClinic("Thousand", 1_000),
  tenThousand: benchClinic("Tenthousand", 10_000),
} satisfies Record<string, ClinicToOpen & { peopleAdded: number }>;
export type BenchClinic = keyof typeof BENCH_CLINICS;

// Each is done once and noted at once. A bench from before this was noted had two clinics, and no directive in them.
const STEPS = ["small", "large", "crowd", "thousand", "tenThousand", "smallDirective", "largeDirective"] as const;
type Step = (typeof STEPS)[number];

const Founded = z.object({
  password: z.string(),
  steps: z.array(z.enum(STEPS)).default(["small", "large"]),
  importSeconds: z.number().optional(),
  importedRows: z.int().optional(),
});
export type Founded = z.output<typeof Founded>;

/** Founds which of these clinics the file doesn't name yet, and adds to earlier ones what has come since. */
export async function foundBenchClinics(
  file: string,
  clinics: readonly BenchClinic[],
  tell: (line: string) => void,
): Promise<Founded> {
  let founded: Founded = existsSync(file)
    ? Founded.parse(JSON.parse(readFileSync(file, "utf8")))
    : { password: PASSWORD, steps: [] };
  const wanted: Step[] = clinics.flatMap((clinic) =>
    clinic === "small" || clinic === "large" ? [clinic, `${clinic}Directive` as const] : [clinic],
  );
  for (const step of wanted.filter((one) => !founded.steps.includes(one))) {
    const measured = await takeStep(step, tell);
    founded = { ...founded, ...measured, steps: [...founded.steps, step] };
    writeFileSync(file, `${JSON.stringify(founded)}\n`, { mode: 0o600 });
  }
  return founded;
}

async function takeStep(step: Step, tell: (line: string) => void): Promise<Partial<Founded>> {
  switch (step) {
    case "small":
      await openWithTools(step);
      return {};
    case "large":
      return foundLarge(tell);
    case "crowd":
    case "thousand":
    case "tenThousand":
      await foundPeopled(step, tell);
      return {};
    case "smallDirective":
      await issueDirective("small");
      return {};
    case "largeDirective":
      await issueDirective("large");
      return {};
    default: {
      const unhandled: never = step;
      return unhandled;
    }
  }
}

async function openWithTools(clinic: BenchClinic) {
  const { slug } = BENCH_CLINICS[clinic];
  const [half] = await asOwner("SELECT id FROM clinic WHERE slug = $1", [slug]);
  if (half !== undefined)
    throw new Error(`The founding of ${slug} was broken off. Delete .wardbook/bench and run again.`);
  const now = new Date();
  const opened = await openClinic(BENCH_CLINICS[clinic], await hashPassword(PASSWORD), now);
  const officer = opened.as("privacy_officer", now);
  const { rows } = await getCataloguePage(officer, { size: 50 });
  await adoptTools(officer, { keys: rows.slice(0, TOOLS_SMALL).map(({ key }) => key) });
  return { ...opened, officer };
}

async function foundLarge(tell: (line: string) => void): Promise<Partial<Founded>> {
  const { clinicId, officer } = await openWithTools("large");
  tell(`Importing ${TOOLS_LARGE} tools…`);
  const began = performance.now();
  const bytes = new TextEncoder().encode(toolsCsv());
  const { importId } = await previewImport(officer, { kind: "tools", file: { name: "tools.csv", bytes } });
  await applyImport(officer, { importId });
  const importSeconds = (performance.now() - began) / 1000;
  tell(`Writing ${EVENTS_LARGE} events…`);
  await padLedger(clinicId);
  return { importSeconds, importedRows: TOOLS_LARGE };
}

// Who gets digests all serve, so that each of them is written to; in the crowd some come and go.
async function foundPeopled(clinic: "crowd" | "thousand" | "tenThousand", tell: (line: string) => void) {
  const { slug, peopleAdded } = BENCH_CLINICS[clinic];
  tell(`Adding ${peopleAdded} people…`);
  const { officer } = await openWithTools(clinic);
  await addPeople(officer, { slug, count: peopleAdded, comeAndGo: clinic === "crowd" });
  await issueDirective(clinic);
}

// Everybody owes a signature, in each clinic alike.
async function issueDirective(clinic: BenchClinic): Promise<void> {
  const officer = await actingIn(clinic, "privacy_officer");
  const { draft } = await getIssuePolicyPage(officer, { code: "P02" });
  const given = { reason: "Measured.", securityOfficer: draft.privacyOfficer };
  const filled = { ...draft, code: "P02" as const, addresses: draft.addresses.join("\n"), ...given };
  const { texts } = await getPolicyPreview(officer, filled);
  await issuePolicy(officer, { ...filled, textSha256En: texts.en.sha256, textSha256Es: texts.es.sha256 });
}

/** Somebody of a clinic that was founded, in this run or an earlier one. */
export async function actingIn(clinic: BenchClinic, role: BenchRole): Promise<ClinicContext> {
  const { slug, name: clinicName, timeZone } = BENCH_CLINICS[clinic];
  const [found] = await asOwner(
    `SELECT c.id AS "clinicId", m.id AS "memberId", m.name FROM clinic c JOIN member m ON m.clinic_id = c.id JOIN account a ON a.id = m.account_id
      WHERE c.slug = $1 AND a.email = $2`,
    [slug, `${role}@${slug}.example`],
  );
  const { clinicId, memberId, name } = z
    .object({ clinicId: z.uuid(), memberId: z.uuid(), name: z.string() })
    .parse(found);
  const actor = { kind: "member", memberId, name, role: role satisfies Role } as const;
  return { clinicId, slug, clinicName, timeZone, locale: "en", actor, requestId: newId() };
}

/** As the owner of the database, who sees every clinic. */
export async function asOwner(text: string, values: readonly unknown[] = []): Promise<unknown[]> {
  const client = new Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

// Names repeat their words as real ones do, so that a search finds hundreds and not one.
function toolsCsv(): string {
  const kinds = ["Assistant", "Scribe", "Notes", "Translate", "Coder", "Search", "Insights", "Voice"];
  const lines = Array.from({ length: TOOLS_LARGE }, (_, index) => {
    const kind = kinds[index % kinds.length];
    return `Vendor ${index % 900},${kind} ${index},${index % 3 === 0 ? "Free" : "Business"},general_chat,app${index}.example.com,Measured only`;
  });
  return ["vendor,product,surface,category,hostnames,why", ...lines].join("\n");
}

/** Fills the ledger through its own function, as the app's role pinned to the clinic, in the shape of real entries. */
async function padLedger(clinicId: string): Promise<void> {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    for (;;) {
      await client.query("BEGIN");
      await client.query("SELECT set_config('app.clinic_id', $1, true)", [clinicId]);
      const { rows } = await client.query("SELECT next_seq::int AS size FROM ledger.head");
      const missing = Math.min(EVENTS_AT_ONCE, EVENTS_LARGE - Number(rows[0]?.size));
      if (missing > 0) await client.query(APPEND, [missing]);
      await client.query("COMMIT");
      if (missing <= 0) return;
    }
  } finally {
    await client.end();
  }
}

const APPEND = `
  SELECT ledger.append(jsonb_agg(jsonb_build_object(
    'id', gen_random_uuid(), 'type', 'evidence.downloaded', 'openings', '[]'::jsonb,
    'body', format('{"actor":{"job":"bench","kind":"system"},"correlation":"%s","data":{},"object":{"id":"%s","type":"evidence_pack"},"v":1}',
                   gen_random_uuid(), gen_random_uuid()))))
  FROM generate_series(1, $1)`;
