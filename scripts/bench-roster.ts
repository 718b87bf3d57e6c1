import { Client } from "pg";
import { addLocation } from "#lib/domain/clinic/settings/commands/add-location.ts";
import type { ClinicContext } from "#lib/domain/context.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { addDays, type CalendarDate, calendarDateIn } from "#lib/kernel/dates.ts";
import { newId } from "#lib/kernel/ids.ts";

// Given names and family names repeat as real ones do, so that a search finds hundreds and not one.
const GIVEN = ["Maria", "James", "Amara", "Noor", "Luis", "Grace", "Ben", "Yolanda", "Tom", "Ines", "Kofi", "Hannah"];
const FAMILY = ["Santos", "Okafor", "Haddad", "Ortega", "Whitfield", "Reyes", "Abara", "Duarte", "Lindqvist", "Kim"];
const JOBS = ["Registered nurse", "Receptionist", "Billing specialist", "Nurse practitioner", "Medical assistant"];
const TYPES = ["employee", "employee", "employee", "contractor", "student"];
const PLACES = ["Harbor Street", "Mill Road", "Pine Avenue", "Telehealth"];

type ToAdd = { readonly slug: string; readonly count: number; readonly comeAndGo: boolean };

/**
 * Adds members in the shape in which they join, with some sign-ins behind them: set by set, as the owner of the database,
 * because joining is a command for each.
 */
export async function addPeople(by: ClinicContext, { slug, count, comeAndGo }: ToAdd): Promise<void> {
  const locations: string[] = [];
  for (const name of PLACES) locations.push((await addLocation(by, { name, address: "" })).locationId);
  const today = calendarDateIn(by.timeZone, new Date());
  const members = Array.from({ length: count }, (_, index) => {
    const name = `${pick(GIVEN, index)} ${pick(FAMILY, Math.floor(index / GIVEN.length))}`;
    const email = `p${index + 1}@${slug}.example`;
    const job = pick(JOBS, index);
    return {
      ...{ id: newId(), account: newId(), name, email, job, key: foldForSearch(`${name} ${job} ${email}`) },
      ...{ type: pick(TYPES, index), location: pick(locations, index), role: index % 40 === 0 ? "manager" : "staff" },
      ...(comeAndGo ? comingAndGoing(index, today) : { started: addDays(today, -1 - (index % 700)), ended: null }),
      signedInDaysAgo: index % 3 === 0 ? null : index % 120,
    };
  });
  await writePeople(by.clinicId, members);
}

// Of a hundred one is about to begin, two are about to leave, and five have left.
function comingAndGoing(index: number, today: CalendarDate) {
  const nth = index % 100;
  const started = addDays(today, nth === 0 ? 30 : -100 - (index % 700));
  return { started, ended: nth === 1 || nth === 2 ? addDays(today, 30) : nth >= 95 ? addDays(today, -10) : null };
}

function pick<T>(from: readonly T[], index: number): T {
  return from[index % from.length] as T;
}

async function writePeople(clinicId: string, members: readonly object[]): Promise<void> {
  const client = new Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    await client.query("BEGIN");
    for (const statement of STATEMENTS) {
      await client.query(`WITH person AS (${PERSON}) ${statement}`, [clinicId, JSON.stringify(members)]);
    }
    await client.query("COMMIT");
    await client.query("ANALYZE account, member, role_grant, member_description, member_ending, session");
  } finally {
    await client.end();
  }
}

const PERSON = `
  SELECT $1::uuid AS clinic_id, p.* FROM jsonb_to_recordset($2::jsonb)
    AS p (id uuid, account uuid, name text, email text, key text, job text, type text, location uuid, role text,
          started date, ended date, "signedInDaysAgo" int)`;

const STATEMENTS = [
  "INSERT INTO account (id, email) SELECT account, email FROM person",
  `INSERT INTO member (clinic_id, id, account_id, name, email, search_key, job_title, workforce_type, location_id, role, started_on, ended_on, created_at)
     SELECT clinic_id, id, account, name, email, key, job, type, location, role, started, ended, least(started::timestamptz, now()) FROM person`,
  `INSERT INTO role_grant (clinic_id, member_id, number, role, reason, granted_at)
     SELECT clinic_id, id, 1, role, '', least(started::timestamptz, now()) FROM person`,
  `INSERT INTO member_description (clinic_id, member_id, number, job_title, workforce_type, location_id, tracks, described_at)
     SELECT clinic_id, id, 1, job, type, location, '{}', least(started::timestamptz, now()) FROM person`,
  `INSERT INTO member_ending (clinic_id, member_id, last_day, reason, entered_at)
     SELECT clinic_id, id, ended, 'Measured.', now() FROM person WHERE ended IS NOT NULL`,
  `INSERT INTO session (account_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
     SELECT account, sha256(convert_to(id::text, 'UTF8')), 'bench', at, at, at + interval '12 hours'
       FROM (SELECT *, greatest(started::timestamptz, now() - "signedInDaysAgo" * interval '1 day') AS at FROM person) seen
      WHERE "signedInDaysAgo" IS NOT NULL AND started <= current_date`,
];
