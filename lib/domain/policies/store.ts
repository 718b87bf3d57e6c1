import "server-only";
import { servingOn } from "#lib/domain/clinic/store.ts";
import type { Locale, Role, WorkContext } from "#lib/domain/context.ts";
import { rolesWith } from "#lib/domain/permissions.ts";
import { fillDocument } from "#lib/domain/policies/documents/rules.ts";
import { POLICY_CODES, type PolicyCode } from "#lib/domain/policies/documents/schema.ts";
import { readPolicyDocument } from "#lib/domain/policies/documents/store.ts";
import {
  assertMayIssue,
  countsOf,
  dueOnFor,
  dueOnOf,
  later,
  orderedFrom,
  servesOn,
  stateOf,
  wordsOf,
} from "#lib/domain/policies/rules.ts";
import {
  type IssuedVersion,
  type OwnSignature,
  type PolicyDraft,
  PolicyVariables,
  type SignatureCounts,
  type SignatureRow,
  type UnsignedPolicy,
} from "#lib/domain/policies/schema.ts";
import { listCatalogue } from "#lib/domain/tools/store.ts";
import { addDays, type CalendarDate, calendarDateIn, fromDatabaseDate } from "#lib/kernel/dates.ts";
import { NotFound, refuse } from "#lib/kernel/errors.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { env } from "#lib/platform/env.ts";
import { sha256Hex } from "#lib/proof/hash.ts";

const VERSION = { policy: { select: { code: true } }, texts: true } as const;

type StoredVersion = NonNullable<Awaited<ReturnType<ClinicTx["policyVersion"]["findFirst"]>>> & {
  readonly policy: { readonly code: string };
  readonly texts: ReadonlyArray<{ readonly locale: string; readonly title: string; readonly sha256: string }>;
};

function issuedVersion(row: StoredVersion): IssuedVersion {
  const named = (locale: Locale) => {
    const text = row.texts.find((candidate) => candidate.locale === locale);
    if (text === undefined) throw new Error(`policy version ${row.id} has no text in ${locale}`);
    return { title: text.title, sha256: text.sha256 };
  };
  return {
    id: row.id,
    policyId: row.policyId,
    // Written by issue-policy alone, from the codes there are.
    code: row.policy.code as PolicyCode,
    number: row.number,
    contentVersion: row.contentVersion,
    variables: PolicyVariables.parse(row.variables),
    reason: row.reason,
    effectiveOn: fromDatabaseDate(row.effectiveOn),
    dueOn: fromDatabaseDate(row.dueOn),
    issuedAt: row.issuedAt,
    recordedAt: row.recordedAt,
    issuedBy: row.issuedBy,
    texts: { en: named("en"), es: named("es") },
  };
}

/** Every version of a policy, newest first. */
export async function listVersions(tx: ClinicTx, code: PolicyCode): Promise<IssuedVersion[]> {
  const rows = await tx.policyVersion.findMany({
    where: { policy: { code } },
    include: VERSION,
    orderBy: { number: "desc" },
  });
  return rows.map(issuedVersion);
}

/** Versions issued by a moment, oldest first. */
export async function listVersionsAsOf(tx: ClinicTx, asOf: Date): Promise<IssuedVersion[]> {
  const rows = await tx.policyVersion.findMany({
    where: { issuedAt: { lte: asOf } },
    include: VERSION,
    orderBy: [{ policy: { code: "asc" } }, { number: "asc" }],
  });
  return rows.map(issuedVersion);
}

/** The newest version of each policy that was issued, by code: what people owe. */
export async function newestVersions(tx: ClinicTx): Promise<IssuedVersion[]> {
  const newest: IssuedVersion[] = [];
  for (const code of POLICY_CODES) {
    const row = await tx.policyVersion.findFirst({
      where: { policy: { code } },
      include: VERSION,
      orderBy: { number: "desc" },
    });
    if (row !== null) newest.push(issuedVersion(row));
  }
  return newest;
}

export async function requireVersion(tx: ClinicTx, id: string): Promise<IssuedVersion> {
  const row = await tx.policyVersion.findFirst({ where: { id }, include: VERSION });
  if (row === null) throw new NotFound();
  return issuedVersion(row);
}

/** The exact text that people read and sign, as it was kept. */
export async function exactText(tx: ClinicTx, sha256: string): Promise<string> {
  const { text } = await tx.exactText.findFirstOrThrow({ where: { sha256 }, select: { text: true } });
  return text;
}

/** A member's own signatures, by version. */
export async function ownSignatures(tx: ClinicTx, memberId: string): Promise<Map<string, OwnSignature>> {
  const rows = await tx.policySignature.findMany({ where: { memberId }, include: { attestation: true } });
  return new Map(
    rows.map(({ policyVersionId, attestation: { signedAt, typedName, statement, locale, textSha256 } }) => [
      policyVersionId,
      { signedAt, typedName, statement, locale: locale as Locale, textSha256 },
    ]),
  );
}

/** How many signatures each version has, whoever gave them. */
export async function signaturesGiven(tx: ClinicTx): Promise<Map<string, number>> {
  const groups = await tx.policySignature.groupBy({ by: ["policyVersionId"], _count: { _all: true } });
  return new Map(groups.map((group) => [group.policyVersionId, group._count._all]));
}

/** A person who may sign, with the day from which they could. */
type Person = {
  readonly id: string;
  readonly name: string;
  readonly jobTitle: string;
  readonly role: Role;
  readonly since: CalendarDate;
  readonly serves: boolean;
};

type PeopleAsked = { readonly memberIds?: readonly string[]; readonly joinedBy?: Date };

/** Everybody whose role signs, whether they serve on the day or not. */
async function peopleWhoSign(tx: ClinicTx, day: CalendarDate, asked: PeopleAsked = {}): Promise<Person[]> {
  const { timeZone } = await tx.clinic.findFirstOrThrow({ select: { timeZone: true } });
  const rows = await tx.member.findMany({
    where: {
      role: { in: rolesWith("policy.sign") },
      ...(asked.memberIds === undefined ? {} : { id: { in: [...asked.memberIds] } }),
      ...(asked.joinedBy === undefined ? {} : { createdAt: { lte: asked.joinedBy } }),
    },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, name, jobTitle, role, ...row }) => {
    const startedOn = fromDatabaseDate(row.startedOn);
    // Who was ended in the course of a day no longer served at its end.
    const endedOn = row.endedOn === null ? null : addDays(fromDatabaseDate(row.endedOn), row.endedAt === null ? 0 : -1);
    const joinedOn = calendarDateIn(timeZone, row.createdAt);
    const since = later(startedOn, joinedOn);
    return { id, name, jobTitle, role: role as Role, since, serves: servesOn({ startedOn, endedOn }, day) };
  });
}

/** Whether a member may sign on the day: by role, and between their first and last day. */
export async function maySign(tx: ClinicTx, memberId: string, day: CalendarDate): Promise<boolean> {
  const [person] = await peopleWhoSign(tx, day, { memberIds: [memberId] });
  return person?.serves === true;
}

/** How many are to sign what is issued on the day. */
export async function countPeopleToSign(tx: ClinicTx, day: CalendarDate): Promise<number> {
  const people = await peopleWhoSign(tx, day);
  return people.filter((person) => person.serves).length;
}

type Rolled = Pick<IssuedVersion, "id" | "dueOn" | "variables">;

type RollAsked = PeopleAsked & {
  /** Signatures given after it don't count. */
  readonly signedBy?: Date;
  /** Whether a signature was known already; all are, unless asked. */
  readonly isKnown?: (attestationId: string) => boolean;
};

/**
 * Who has signed a version and who is still to: everybody who serves on the day and whose role signs, and those who signed
 * and have left. By name.
 */
export async function rollOf(
  tx: ClinicTx,
  version: Rolled,
  day: CalendarDate,
  asked: RollAsked = {},
): Promise<SignatureRow[]> {
  const people = await peopleWhoSign(tx, day, asked);
  const signatures = await tx.policySignature.findMany({
    where: {
      policyVersionId: version.id,
      ...(asked.signedBy === undefined ? {} : { attestation: { signedAt: { lte: asked.signedBy } } }),
    },
    include: { attestation: true },
  });
  const known = signatures.filter(({ attestationId }) => asked.isKnown?.(attestationId) ?? true);
  const signatureOf = new Map(known.map(({ memberId, attestation }) => [memberId, attestation]));
  return people
    .filter((person) => person.serves || signatureOf.has(person.id))
    .map(({ id, name, jobTitle, role, since, serves }) => {
      const signature = signatureOf.get(id);
      const dueOn = dueOnFor(version, { since });
      return {
        ...{ memberId: id, name, jobTitle, role, dueOn },
        state: stateOf({ serves, signed: signature !== undefined, dueOn }, day),
        attestationId: signature?.id ?? null,
        signedAt: signature?.signedAt ?? null,
        typedName: signature?.typedName ?? "",
        locale: (signature?.locale ?? null) as Locale | null,
        textSha256: signature?.textSha256 ?? "",
      };
    });
}

/** What a member is still to sign, what is due first at the top; nothing for who needn't. */
export async function listUnsignedPolicies(
  tx: ClinicTx,
  memberId: string,
  today: CalendarDate,
): Promise<UnsignedPolicy[]> {
  const versions = await newestVersions(tx);
  const [person] = versions.length === 0 ? [] : await peopleWhoSign(tx, today, { memberIds: [memberId] });
  if (person?.serves !== true) return [];
  const signed = await ownSignatures(tx, memberId);
  return versions
    .filter((version) => !signed.has(version.id))
    .map((version) => {
      const dueOn = dueOnFor(version, person);
      const titles = { en: version.texts.en.title, es: version.texts.es.title };
      return { code: version.code, number: version.number, titles, dueOn, overdue: dueOn < today };
    })
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}

/** How far the signing of each policy's newest version has come. */
export async function signatureCounts(
  tx: ClinicTx,
  today: CalendarDate,
): Promise<Array<SignatureCounts & Pick<UnsignedPolicy, "code" | "number" | "titles">>> {
  const counts: Awaited<ReturnType<typeof signatureCounts>> = [];
  for (const version of await newestVersions(tx)) {
    const titles = { en: version.texts.en.title, es: version.texts.es.title };
    counts.push({
      ...{ code: version.code, number: version.number, titles },
      ...countsOf(await rollOf(tx, version, today)),
    });
  }
  return counts;
}

/**
 * DeepSeek's own addresses: those of its own surfaces in the catalogue and in the register, but for addresses that another
 * tool answers on too, such as an app in which DeepSeek is one model among many.
 */
export async function deepseekAddresses(tx: ClinicTx): Promise<string[]> {
  const rows = await tx.toolHostname.findMany({
    where: { removedAt: null },
    select: { name: true, tool: { select: { deepseek: true } } },
  });
  const named = [
    ...listCatalogue().flatMap(({ deepseek, hostnames }) => hostnames.map(({ name }) => ({ name, deepseek }))),
    ...rows.map(({ name, tool: { deepseek } }) => ({ name, deepseek })),
  ];
  const shared = new Set(named.filter(({ deepseek }) => deepseek !== "own").map(({ name }) => name));
  const own = named.filter(({ name, deepseek }) => deepseek === "own" && !shared.has(name)).map(({ name }) => name);
  return [...new Set(own)].sort(byDomain);
}

// A domain before the names below it.
function byDomain(a: string, b: string): number {
  const key = (name: string) => name.split(".").reverse().join(".");
  return key(a) < key(b) ? -1 : 1;
}

export type ComposedPolicy = {
  readonly number: number;
  readonly contentVersion: number;
  readonly dueOn: CalendarDate;
  readonly variables: PolicyVariables;
  readonly texts: Readonly<Record<Locale, { readonly title: string; readonly text: string; readonly sha256: string }>>;
};

/** The next version that a draft makes, with its exact texts: the same for its preview and for its issue. */
export async function composePolicy(
  tx: ClinicTx,
  ctx: Pick<WorkContext, "clinicName" | "slug" | "today">,
  draft: PolicyDraft,
): Promise<ComposedPolicy> {
  const earlier = await listVersions(tx, draft.code);
  const { code, newest, reason, effectiveOn, ...typed } = draft;
  if ((earlier[0]?.number ?? 0) !== newest) throw refuse("policy.issued_meanwhile");
  const ordered = orderedFrom(earlier, draft, ctx.today);
  assertMayIssue(draft, ordered, ctx.today);
  const given = { ...typed, orderedFrom: ordered };
  const clinic = { name: ctx.clinicName, toolRequestUrl: toolRequestUrl(ctx.slug) };
  const words = { en: wordsOf(given, clinic, "en"), es: wordsOf(given, clinic, "es") };
  return {
    number: newest + 1,
    contentVersion: readPolicyDocument(code, "en").version,
    dueOn: dueOnOf(draft, ctx.today),
    variables: { given, ...words },
    texts: { en: filled(code, "en", words.en), es: filled(code, "es", words.es) },
  };
}

function filled(code: PolicyCode, locale: Locale, words: Record<string, string>) {
  const { title, text: template } = readPolicyDocument(code, locale);
  const text = fillDocument(template, words);
  return { title, text, sha256: sha256Hex(text) };
}

// Where staff ask for a tool, without anything that an address could carry beside its place.
function toolRequestUrl(slug: string): string {
  const { origin, pathname } = new URL(env().WARDBOOK_URL);
  return `${origin}${pathname.replace(/\/+$/, "")}/c/${slug}/requests/new`;
}

/** Names of members with a role who serve on the day, in order of joining. */
export async function namesWithRole(tx: ClinicTx, role: Role, day: CalendarDate): Promise<string[]> {
  const members = await tx.member.findMany({
    where: { ...servingOn(day), role },
    select: { name: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return members.map((member) => member.name);
}
