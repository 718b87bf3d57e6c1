import { Client } from "pg";
import type { Role } from "#lib/domain/context.ts";
import { adoptTools } from "#lib/domain/tools/commands/adopt-tools.ts";
import { applyImport } from "#lib/domain/tools/imports/commands/apply-import.ts";
import { previewImport } from "#lib/domain/tools/imports/commands/preview-import.ts";
import { getCataloguePage } from "#lib/domain/tools/queries.ts";
import { hashPassword } from "#lib/platform/auth/password.ts";
import { type ClinicToOpen, openClinic } from "#scripts/open-clinic.ts";

const TOOLS_LARGE = 20_000;
const TOOLS_SMALL = 20;
const EVENTS_LARGE = 1_000_000;
const EVENTS_AT_ONCE = 5_000;
const PASSWORD = "measured-on-one-machine-in-one-run";

const people = (slug: string): ClinicToOpen["people"] =>
  (["owner", "privacy_officer", "staff"] satisfies Role[]).map((role) => ({
    role,
    name: `Measured ${role.replace("_", " ")}`,
    email: `${role}@${slug}.example`,
    jobTitle: "Measured",
  }));

export const BENCH_CLINICS = {
  small: { name: "Small", slug: "bench-small", timeZone: "America/New_York", people: people("bench-small") },
  large: { name: "Large", slug: "bench-large", timeZone: "America/New_York", people: people("bench-large") },
} satisfies Record<string, ClinicToOpen>;

/** The two clinics that are compared: 20 tools, and 20,000 imported ones under 1,000,000 events. */
export async function foundBenchClinics(tell: (line: string) => void) {
  const passwordHash = await hashPassword(PASSWORD);
  const now = new Date();
  const small = await openClinic(BENCH_CLINICS.small, passwordHash, now);
  const { rows } = await getCataloguePage(small.as("privacy_officer", now), { size: 50 });
  await adoptTools(small.as("privacy_officer", now), { keys: rows.slice(0, TOOLS_SMALL).map(({ key }) => key) });
  const large = await openClinic(BENCH_CLINICS.large, passwordHash, now);
  const officer = large.as("privacy_officer", now);
  await adoptTools(officer, { keys: rows.slice(0, TOOLS_SMALL).map(({ key }) => key) });
  tell(`Importing ${TOOLS_LARGE} tools…`);
  const began = performance.now();
  const bytes = new TextEncoder().encode(toolsCsv());
  const { importId } = await previewImport(officer, { kind: "tools", file: { name: "tools.csv", bytes } });
  await applyImport(officer, { importId });
  const importSeconds = (performance.now() - began) / 1000;
  tell(`Writing ${EVENTS_LARGE} events…`);
  await padLedger(large.clinicId);
  return { password: PASSWORD, importSeconds, importedRows: TOOLS_LARGE };
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
