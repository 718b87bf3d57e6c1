import "server-only";
import type { PackFile, PackMoment, PackTable } from "#lib/domain/clinic/evidence.ts";
import { LOCALES, type Locale } from "#lib/domain/context.ts";
import { parseDocument } from "#lib/domain/policies/documents/rules.ts";
import type { Block } from "#lib/domain/policies/documents/schema.ts";
import { countsOf } from "#lib/domain/policies/rules.ts";
import type { IssuedVersion, SignatureRow } from "#lib/domain/policies/schema.ts";
import { exactText, listVersionsAsOf, rollOf } from "#lib/domain/policies/store.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";
import { loadMessages } from "#lib/platform/i18n/messages.ts";
import { say } from "#lib/platform/i18n/say.ts";
import type { PdfRequest } from "#lib/platform/pdf/render.ts";
import { bodyText } from "#lib/proof/body.ts";

type Versioned = Pick<IssuedVersion, "code" | "number">;

/** Where an exact text stands in a pack, from its `data/`: `policies/P02-v1.en.md`. */
export function textPathOf({ code, number }: Versioned, locale: Locale): string {
  return `policies/${code}-v${number}.${locale}.md`;
}

/** Versions issued by the moment and known to the ledger at its size, oldest first. */
async function versionsAt(tx: ClinicTx, moment: PackMoment) {
  const versions = await listVersionsAsOf(tx, moment.asOf);
  return versions.flatMap((version) => {
    const seq = moment.seqOf(version.id);
    return seq === null ? [] : [{ version, seq }];
  });
}

/** The exact text of every version in each language, byte for byte as it was kept and signed. */
export async function policyDocuments(tx: ClinicTx, moment: PackMoment): Promise<PackFile[]> {
  const files: PackFile[] = [];
  for (const { version } of await versionsAt(tx, moment)) {
    for (const locale of LOCALES) {
      const text = await exactText(tx, version.texts[locale].sha256);
      files.push({ path: textPathOf(version, locale), bytes: Buffer.from(text, "utf8") });
    }
  }
  return files;
}

const POLICY_COLUMNS = [
  ...[
    "id",
    "policy_id",
    "code",
    "number",
    "content_version",
    "title_en",
    "title_es",
    "reason",
    "effective_on",
    "due_on",
  ],
  ...["issued_by_id", "issued_by", "issued_at", "recorded_at", "recorded_later", "event_seq"],
  ...["text_sha256_en", "text_sha256_es", "text_en", "text_es", "variables"],
];

/** Every version of every policy issued by the moment, with where its exact texts stand and what was filled in. */
export async function policiesTable(
  tx: ClinicTx,
  moment: PackMoment,
): Promise<PackTable & { readonly files: PackFile[] }> {
  const shown = await versionsAt(tx, moment);
  const rows = shown.map(({ version, seq }) => [
    ...[version.id, version.policyId, version.code, version.number, version.contentVersion],
    ...[version.texts.en.title, version.texts.es.title, version.reason, version.effectiveOn, version.dueOn],
    ...[version.issuedBy, moment.nameOf(version.issuedBy), version.issuedAt.toISOString()],
    ...[version.recordedAt.toISOString(), version.recordedAt > moment.asOf, seq],
    ...LOCALES.map((locale) => version.texts[locale].sha256),
    ...LOCALES.map((locale) => textPathOf(version, locale)),
    bodyText(version.variables),
  ]);
  const table = { columns: POLICY_COLUMNS, rows };
  return { table, events: shown.map(({ seq }) => seq), files: await policyDocuments(tx, moment) };
}

const ATTESTATION_COLUMNS = [
  ...["id", "member_id", "member", "code", "version", "version_id", "text_sha256", "locale", "statement", "typed_name"],
  ...["session_id", "signed_at", "recorded_at", "recorded_later", "event_seq"],
];

/** Every signature given by the moment, oldest first, with the version that it was given to. */
export async function attestationsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const signatures = await tx.attestation.findMany({
    where: { signedAt: { lte: moment.asOf } },
    include: { policySignature: { include: { policyVersion: { include: { policy: { select: { code: true } } } } } } },
    orderBy: [{ signedAt: "asc" }, { id: "asc" }],
  });
  const shown = signatures.flatMap((signature) => {
    const seq = moment.seqOf(signature.id);
    return seq === null ? [] : [{ signature, seq }];
  });
  const rows = shown.map(({ signature, seq }) => {
    const version = signature.policySignature?.policyVersion;
    return [
      ...[signature.id, signature.memberId, moment.nameOf(signature.memberId)],
      ...[version?.policy.code ?? null, version?.number ?? null, version?.id ?? null],
      ...[signature.textSha256, signature.locale, signature.statement, signature.typedName, signature.sessionId],
      ...[signature.signedAt.toISOString(), signature.recordedAt.toISOString()],
      ...[signature.recordedAt > moment.asOf, seq],
    ];
  });
  return { table: { columns: ATTESTATION_COLUMNS, rows }, events: shown.map(({ seq }) => seq) };
}

const ROLL_COLUMNS = [
  ...["version_id", "code", "version", "member_id", "member", "job_title", "role", "state", "due_on"],
  ...["attestation_id", "signed_at", "event_seq"],
];

/** Who had signed each policy's newest version at the moment, and who was still to: the gaps as well as the signatures. */
export async function signatureRollsTable(tx: ClinicTx, moment: PackMoment): Promise<PackTable> {
  const rolls = await rollsAt(tx, moment);
  const rows = rolls.flatMap(({ version, roll }) =>
    roll.map((row) => [
      ...[version.id, version.code, version.number, row.memberId, row.name, row.jobTitle, row.role, row.state],
      ...[row.dueOn, row.attestationId, row.signedAt?.toISOString() ?? null],
      row.attestationId === null ? null : moment.seqOf(row.attestationId),
    ]),
  );
  const events = rows.flatMap((row) => {
    const seq = row.at(-1);
    return typeof seq === "number" ? [seq] : [];
  });
  return { table: { columns: ROLL_COLUMNS, rows }, events: events.sort((a, b) => a - b) };
}

async function rollsAt(tx: ClinicTx, moment: PackMoment) {
  const versions = (await versionsAt(tx, moment)).map(({ version }) => version);
  const newest = versions.filter(
    ({ code, number }) => !versions.some((other) => other.code === code && other.number > number),
  );
  const rolls: Array<{ version: IssuedVersion; roll: SignatureRow[] }> = [];
  for (const version of newest) {
    const isKnown = (attestationId: string) => moment.seqOf(attestationId) !== null;
    const asked = { joinedBy: moment.asOf, signedBy: moment.asOf, isKnown };
    const roll = await rollOf(tx, version, moment.asOfDate, asked);
    rolls.push({ version, roll: roll.filter(({ memberId }) => moment.seqOf(memberId) !== null) });
  }
  return rolls;
}

/** What the documents for reading are made of: plain data, so that they can be set after the records are read. */
export type PolicyReading = {
  readonly version: IssuedVersion;
  readonly issuedBy: string;
  readonly seq: number;
  readonly blocks: Readonly<Record<Locale, readonly Block[]>>;
  /** Of the newest version alone: nobody owes an earlier one. */
  readonly roll: readonly SignatureRow[] | null;
};

export async function policyReadings(tx: ClinicTx, moment: PackMoment): Promise<PolicyReading[]> {
  const rolls = await rollsAt(tx, moment);
  const readings: PolicyReading[] = [];
  for (const { version, seq } of await versionsAt(tx, moment)) {
    const [en, es] = [await exactText(tx, version.texts.en.sha256), await exactText(tx, version.texts.es.sha256)];
    readings.push({
      ...{ version, seq, issuedBy: moment.nameOf(version.issuedBy) },
      blocks: { en: parseDocument(en), es: parseDocument(es) },
      roll: rolls.find((one) => one.version.id === version.id)?.roll ?? null,
    });
  }
  return readings;
}

/** Whose document it is, of which state of the records, and when it was made. */
export type PolicyPaper = {
  readonly clinicName: string;
  readonly timeZone: string;
  /** Origin and size of the ledger: `origin@size`. */
  readonly mark: string;
  readonly asOf: Date;
  readonly madeAt: Date;
};

// What only the page knows is filled in by the template, under its own name.
const FILLED_BY_TEMPLATE = { page: "{page}", pages: "{pages}", shown: "{shown}", total: "{total}", file: "{file}" };

function paperOf(paper: PolicyPaper) {
  const words = say("en", "policies");
  const moments = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone: paper.timeZone, dateStyle: "long", timeStyle: "long" },
  });
  const days = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", dateStyle: "long" });
  const asOf = moments.format(paper.asOf);
  const { pdf } = loadMessages("en").policies as { pdf: object };
  const filled = { ...FILLED_BY_TEMPLATE, asOf };
  const plain = Object.keys(pdf).filter((name) => !/Title$|^signedOf$/.test(name));
  return {
    words,
    moment: (at: Date) => moments.format(at),
    day: (date: string) => days.format(new Date(`${date}T00:00:00Z`)),
    data: {
      createdAt: paper.madeAt.toISOString(),
      clinic: paper.clinicName,
      mark: paper.mark,
      words: Object.fromEntries(plain.map((name) => [name, words(`pdf.${name}`, filled)])),
    },
  };
}

/** A version as a document for reading, in both languages: what stands in its exact texts, and which they are. */
export function composePolicy(paper: PolicyPaper, { version, issuedBy, seq, blocks }: PolicyReading): PdfRequest {
  const { words, moment, day, data } = paperOf(paper);
  const { code, number, texts } = version;
  return {
    template: "policy",
    title: words("pdf.versionTitle", { code, number }),
    locale: "en",
    data: {
      ...data,
      policy: `${code}: ${texts.en.title}`,
      version: number,
      effectiveOn: day(version.effectiveOn),
      dueOn: day(version.dueOn),
      issued: `${issuedBy}, ${moment(version.issuedAt)}`,
      reason: version.reason.split("\n"),
      contentVersion: version.contentVersion,
      event: seq,
      texts: LOCALES.map((locale) => ({
        ...{ locale, sha256: texts[locale].sha256, file: `data/${textPathOf(version, locale)}` },
        blocks: blocks[locale],
      })),
    },
  };
}

/** Who has signed the newest version and who has not, as a document for reading. `seqOf` as the pack's moment has it. */
export function composeSignatureRoll(
  paper: PolicyPaper,
  { version, roll }: PolicyReading & { readonly roll: readonly SignatureRow[] },
  seqOf: PackMoment["seqOf"],
): PdfRequest {
  const { words, moment, day, data } = paperOf(paper);
  const { code, number, texts } = version;
  const { of, signed, overdue } = countsOf(roll);
  const person = ({ name, jobTitle, role }: SignatureRow) => [name, jobTitle === "" ? words(`role.${role}`) : jobTitle];
  const given = roll.filter((row) => row.signedAt !== null);
  return {
    template: "policy-signatures",
    title: words("pdf.rollTitle", { code, number }),
    locale: "en",
    data: {
      ...data,
      policy: `${code}: ${texts.en.title}`,
      version: number,
      dueOn: day(version.dueOn),
      counts: [
        { label: words("pdf.signedOf", { of }), value: signed },
        { label: words("pdf.overdue"), value: overdue },
        { label: words("pdf.left"), value: roll.filter((row) => row.state === "left").length },
      ],
      texts: LOCALES.map((locale) => ({
        ...{ locale, sha256: texts[locale].sha256, file: `data/${textPathOf(version, locale)}` },
      })),
      // Newest first, as the template's tables ask.
      signed: given
        .toSorted((a, b) => Number(b.signedAt) - Number(a.signedAt))
        .map((row) => ({
          ...{ person: person(row), typedName: row.typedName, locale: row.locale ?? "en" },
          ...{ at: moment(row.signedAt ?? paper.asOf), event: seqOf(row.attestationId ?? "") ?? null },
          left: row.state === "left",
        })),
      open: roll
        .filter((row) => row.signedAt === null)
        .map((row) => ({ person: person(row), dueOn: day(row.dueOn), overdue: row.state === "overdue" })),
      file: "data/tables/attestations.csv",
    },
  };
}
