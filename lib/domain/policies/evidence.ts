import "server-only";
import { type PackMoment, type PackTable, type PackText, packTable } from "#lib/domain/clinic/evidence.ts";
import { LOCALES, type Locale } from "#lib/domain/context.ts";
import { parseDocument } from "#lib/domain/policies/documents/rules.ts";
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

/** Where a version stands as a document for reading. */
function documentPathOf({ code, number }: Versioned): string {
  return `policies/${code}-v${number}.pdf`;
}

/** Where the document stands that says who has signed a version, and who has not. */
function rollPathOf({ code, number }: Versioned): string {
  return `policies/${code}-v${number}-signatures.pdf`;
}

/** What tables and documents say of a version: plain data, so that the documents can be set after the records are read. */
export type PolicyReading = {
  readonly version: IssuedVersion;
  readonly issuedBy: string;
  readonly seq: number;
  /** Byte for byte as they were kept and signed. */
  readonly texts: Readonly<Record<Locale, string>>;
  /** Of the newest version alone: nobody owes an earlier one. */
  readonly roll: readonly RolledSignature[] | null;
};

export type RolledSignature = SignatureRow & { readonly seq: number | null };

/** Versions issued by the moment and known to the ledger at its size, oldest first, with their texts and the newest's roll. */
export async function policyReadings(tx: ClinicTx, moment: PackMoment): Promise<PolicyReading[]> {
  const listed = await listVersionsAsOf(tx, moment.asOf);
  const versions = listed.flatMap((version) => {
    const seq = moment.seqOf(version.id);
    return seq === null ? [] : [{ version, seq }];
  });
  const readings: PolicyReading[] = [];
  for (const { version, seq } of versions) {
    const isNewest = !versions.some(
      ({ version: { code, number } }) => code === version.code && number > version.number,
    );
    readings.push({
      ...{ version, seq, issuedBy: moment.nameOf(version.issuedBy) },
      texts: {
        en: await exactText(tx, version.texts.en.sha256),
        es: await exactText(tx, version.texts.es.sha256),
      },
      roll: isNewest ? await rollAt(tx, version, moment) : null,
    });
  }
  return readings;
}

async function rollAt(tx: ClinicTx, version: IssuedVersion, moment: PackMoment): Promise<RolledSignature[]> {
  const isKnown = (attestationId: string) => moment.seqOf(attestationId) !== null;
  const asked = { joinedBy: moment.asOf, signedBy: moment.asOf, isKnown };
  const roll = await rollOf(tx, version, moment.asOfDate, asked);
  return roll
    .filter(({ memberId }) => moment.seqOf(memberId) !== null)
    .map((row) => ({ ...row, seq: row.attestationId === null ? null : moment.seqOf(row.attestationId) }));
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

/** Every version of every policy, with where its exact texts stand and what was filled in. */
export function policiesTable(
  readings: readonly PolicyReading[],
  moment: Pick<PackMoment, "asOf">,
): PackTable & { readonly files: PackText[]; readonly documents: string[] } {
  const rows = readings.map(({ version, issuedBy, seq }) => [
    ...[version.id, version.policyId, version.code, version.number, version.contentVersion],
    ...[version.texts.en.title, version.texts.es.title, version.reason, version.effectiveOn, version.dueOn],
    ...[version.issuedBy, issuedBy, version.issuedAt.toISOString()],
    ...[version.recordedAt.toISOString(), version.recordedAt > moment.asOf, seq],
    ...LOCALES.map((locale) => version.texts[locale].sha256),
    ...LOCALES.map((locale) => textPathOf(version, locale)),
    bodyText(version.variables),
  ]);
  return {
    ...packTable(POLICY_COLUMNS, rows),
    files: readings.flatMap(({ version, texts }) =>
      LOCALES.map((locale) => ({ path: textPathOf(version, locale), bytes: Buffer.from(texts[locale], "utf8") })),
    ),
    documents: readings.map(({ version }) => documentPathOf(version)),
  };
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
  return packTable(ATTESTATION_COLUMNS, rows);
}

const ROLL_COLUMNS = [
  ...["version_id", "code", "version", "event_seq", "member_id", "member", "job_title", "role", "state", "due_on"],
  ...["attestation_id", "signed_at", "signed_event_seq"],
];

/** Who had signed each policy's newest version at the moment, and who was still to: the gaps as well as the signatures. */
export function signatureRollsTable(readings: readonly PolicyReading[]): PackTable & { readonly documents: string[] } {
  const rolled = readings.filter(isRolled);
  const rows = rolled.flatMap(({ version, seq, roll }) =>
    roll.map((row) => [
      ...[version.id, version.code, version.number, seq],
      ...[row.memberId, row.name, row.jobTitle, row.role, row.state, row.dueOn],
      ...[row.attestationId, row.signedAt?.toISOString() ?? null, row.seq],
    ]),
  );
  return { ...packTable(ROLL_COLUMNS, rows), documents: rolled.map(({ version }) => rollPathOf(version)) };
}

function isRolled(reading: PolicyReading): reading is PolicyReading & { readonly roll: readonly RolledSignature[] } {
  return reading.roll !== null;
}

/** Whose document it is, and of which state of the records. */
export type PolicyPaper = {
  readonly clinicName: string;
  readonly timeZone: string;
  /** Origin and size of the ledger: `origin@size`. */
  readonly mark: string;
  readonly asOf: Date;
};

/** The documents for reading that a pack holds of a version, by their paths from `data/`. */
export function policyDocuments(paper: PolicyPaper, reading: PolicyReading): Map<string, PdfRequest> {
  const { version } = reading;
  const documents = new Map([[documentPathOf(version), composePolicy(paper, reading)]]);
  if (isRolled(reading)) documents.set(rollPathOf(version), composeSignatureRoll(paper, reading));
  return documents;
}

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
      // Not when it was made: the same pack made again holds the same bytes.
      createdAt: paper.asOf.toISOString(),
      clinic: paper.clinicName,
      mark: paper.mark,
      words: Object.fromEntries(plain.map((name) => [name, words(`pdf.${name}`, filled)])),
    },
  };
}

/** A version as a document for reading, in both languages: what stands in its exact texts, and which they are. */
export function composePolicy(paper: PolicyPaper, { version, issuedBy, seq, ...exact }: PolicyReading): PdfRequest {
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
        blocks: parseDocument(exact.texts[locale]),
      })),
    },
  };
}

/** Who has signed the newest version and who has not, as a document for reading. */
export function composeSignatureRoll(
  paper: PolicyPaper,
  { version, roll }: PolicyReading & { readonly roll: readonly RolledSignature[] },
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
          ...{ at: moment(row.signedAt ?? paper.asOf), event: row.seq },
          left: row.state === "left",
        })),
      open: roll
        .filter((row) => row.signedAt === null)
        .map((row) => ({ person: person(row), dueOn: day(row.dueOn), overdue: row.state === "overdue" })),
      file: "data/tables/signature_rolls.csv",
    },
  };
}
