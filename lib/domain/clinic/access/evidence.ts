import "server-only";
import { z } from "zod";
import { type PackMoment, type PackTable, packTable } from "#lib/domain/clinic/evidence.ts";
import { PASSWORD_LENGTH_MIN } from "#lib/domain/clinic/schema.ts";
import { PROVIDERS } from "#lib/kernel/sign-in-ways.ts";
import { SESSION_HOURS } from "#lib/platform/auth/sign-in.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import type { Cell } from "#lib/proof/tables.ts";

const COLUMNS = [
  "id",
  "setting",
  "subject",
  "value",
  "unit",
  "joins",
  "since",
  "until",
  "event_seq",
  "ended_event_seq",
];

/** What holds where the clinic has set nothing. */
const DEFAULTS = { idleMinutes: 15, secondFactorForAll: false };

/** Settings that are the product's own, and hold in every clinic. */
const BUILT_IN = [
  ["sign_in_way", "", "password", ""],
  ["sign_in_way", "", "passkey", ""],
  ["password_length_min", "", String(PASSWORD_LENGTH_MIN), "characters"],
  ["session_lifetime", "", String(SESSION_HOURS), "hours"],
] as const;

/** The fewest rows that there are beside the domains: the product's own settings, and the two that a clinic sets. */
export const SETTINGS_MIN = BUILT_IN.length + 2;

/**
 * How people sign in, at the moment and since when (45 CFR 164.312(a)(2)(iii) and (d)). A setting without a date is
 * Wardbook's own: the clinic never set another.
 */
export async function signInSettingsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const builtIn = BUILT_IN.map(([setting, subject, value, unit], index) => [
    ...[`built-in-${index + 1}`, setting, subject, value, unit, null, null, null, null, null],
  ]);
  const set = [...(await rulesOf(tx, moment)), ...(await domainsOf(tx, moment))];
  return packTable(COLUMNS, [...builtIn, ...(await providersOf(tx, moment)), ...set]);
}

const OpenedBody = z.object({ data: z.object({ at: z.iso.datetime() }) });

// Signing in through a provider is the installation's to offer; that it was a way in here is what the sessions say.
async function providersOf(tx: ClinicTx, moment: PackMoment): Promise<Cell[][]> {
  const rows: Cell[][] = [];
  for (const provider of PROVIDERS) {
    const opened = await tx.ledgerEvent.findFirst({
      where: { type: "session.opened", body: { contains: `"way":"${provider}"` } },
      orderBy: { seq: "asc" },
      select: { seq: true, objectId: true, body: true },
    });
    if (opened === null) continue;
    const { at } = OpenedBody.parse(JSON.parse(opened.body)).data;
    const seq = Number(opened.seq);
    const isShown = new Date(at) <= moment.asOf && moment.seqsOf(opened.objectId ?? "").includes(seq);
    if (isShown) rows.push([`sign_in_way-${provider}`, "sign_in_way", "", provider, "", null, at, null, seq, null]);
  }
  return rows;
}

const RulesBody = z.object({
  occurredAt: z.iso.datetime().optional(),
  data: z.object({ idleMinutes: z.int(), secondFactorForAll: z.boolean() }),
});

async function rulesOf(tx: ClinicTx, moment: PackMoment): Promise<Cell[][]> {
  const { id } = await tx.clinic.findFirstOrThrow({ select: { id: true } });
  const seqs = moment.seqsOf(id, "clinic.sign_in_rules_set");
  const events = await tx.ledgerEvent.findMany({
    where: { seq: { in: [...seqs] } },
    orderBy: { seq: "asc" },
    select: { seq: true, recordedAt: true, body: true },
  });
  const set = events.map(({ seq, recordedAt, body }) => {
    const { occurredAt, data } = RulesBody.parse(JSON.parse(body));
    return { ...data, seq: Number(seq), since: occurredAt === undefined ? recordedAt : new Date(occurredAt) };
  });
  const known = [{ ...DEFAULTS, seq: null, since: null }, ...set.filter(({ since }) => since <= moment.asOf)];
  const idle = known.map((rule) => ({ ...rule, value: String(rule.idleMinutes) }));
  const factor = known.map((rule) => ({ ...rule, value: rule.secondFactorForAll ? "everybody" : "roles" }));
  return [...periods("session_idle_end", "minutes", idle), ...periods("second_factor", "", factor)];
}

type Held = { readonly value: string; readonly seq: number | null; readonly since: Date | null };

// One row for each time that a value held; setting the same again begins no new one.
function periods(setting: string, unit: string, all: readonly Held[]): Cell[][] {
  const changes = all.filter(({ value }, index) => value !== all[index - 1]?.value);
  return changes.map(({ value, seq, since }, index) => {
    const next = changes[index + 1];
    return [
      ...[`${setting}-${index + 1}`, setting, "", value, unit, null, since?.toISOString() ?? null],
      ...[next?.since?.toISOString() ?? null, seq, next?.seq ?? null],
    ];
  });
}

async function domainsOf(tx: ClinicTx, moment: PackMoment): Promise<Cell[][]> {
  const domains = await tx.clinicDomain.findMany({
    where: { verifiedAt: { lte: moment.asOf } },
    orderBy: [{ verifiedAt: "asc" }, { id: "asc" }],
  });
  return domains.flatMap(({ id, domain, provider, verifiedAt, endedAt }) => {
    const seq = moment.seqOf(id, "domain.verified");
    if (seq === null || verifiedAt === null) return [];
    const endedSeq = moment.seqOf(id, "domain.ended");
    const isEnded = endedSeq !== null && endedAt !== null && endedAt <= moment.asOf;
    // Whether people join by themselves is what the last entry about it in this ledger said.
    const allowed = moment.seqsOf(id, "domain.joining_allowed").at(-1) ?? -1;
    const joins = !isEnded && allowed > (moment.seqsOf(id, "domain.joining_stopped").at(-1) ?? -1);
    return [
      [
        ...[id, "domain", domain, provider, "", joins, verifiedAt.toISOString()],
        ...[isEnded ? endedAt.toISOString() : null, seq, isEnded ? endedSeq : null],
      ],
    ];
  });
}
