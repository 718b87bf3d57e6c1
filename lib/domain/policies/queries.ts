import "server-only";
import { z } from "zod";
import { namesOf } from "#lib/domain/clinic/store.ts";
import { actingMemberId } from "#lib/domain/context.ts";
import { can } from "#lib/domain/permissions.ts";
import { parseDocument } from "#lib/domain/policies/documents/rules.ts";
import { POLICY_CODES } from "#lib/domain/policies/documents/schema.ts";
import { readPolicyDocument } from "#lib/domain/policies/documents/store.ts";
import { countsOf } from "#lib/domain/policies/rules.ts";
import {
  AMNESTY_DAYS_USUAL,
  DUE_DAYS_USUAL,
  type OwnSignature,
  PolicyDraft,
  PolicyPage,
  type PolicyPreview,
  type PolicyRow,
  type PolicyShown,
  REPORT_MINUTES_USUAL,
  SIGNATURE_STATES,
  SignaturePage,
  type SignatureRow,
  SignatureRows,
  type SignatureState,
} from "#lib/domain/policies/schema.ts";
import {
  composePolicy,
  countPeopleToSign,
  deepseekAddresses,
  exactText,
  listUnsignedPolicies,
  listVersions,
  namesWithRole,
  newestVersions,
  ownSignatures,
  rollOf,
  signaturesGiven,
} from "#lib/domain/policies/store.ts";
import { defineQuery } from "#lib/domain/query.ts";
import { foldForSearch } from "#lib/domain/text.ts";
import { addDays } from "#lib/kernel/dates.ts";
import { NotFound } from "#lib/kernel/errors.ts";
import { LIST_ROWS_MAX } from "#lib/kernel/list-limit.ts";
import type { ClinicTx } from "#lib/platform/db/with-clinic.ts";

/** The policies that have been issued, with what the reader owes of each. */
export const getPoliciesPage = defineQuery("policies-page", "policy.read", z.object({}), async ({ tx, ctx }) => {
  const memberId = actingMemberId(ctx);
  const owed = memberId === null ? [] : await listUnsignedPolicies(tx, memberId, ctx.today);
  const signed = memberId === null ? NOTHING_SIGNED : await ownSignatures(tx, memberId);
  const rows: PolicyRow[] = [];
  for (const version of await newestVersions(tx)) {
    const { id, code, number, effectiveOn, texts } = version;
    const due = owed.find((policy) => policy.code === code);
    rows.push({
      ...{ code, number, effectiveOn, title: texts[ctx.locale].title },
      owed: due === undefined ? null : { dueOn: due.dueOn },
      signedAt: signed.get(id)?.signedAt ?? null,
      counts: can(ctx, "policy.read_signatures") ? countsOf(await rollOf(tx, version, ctx.today)) : null,
    });
  }
  return { rows, total: rows.length, today: ctx.today, asOf: ctx.now };
});

/**
 * A version of a policy with its exact text in one language, the newest unless a number is given; what the reader signed,
 * and is to sign; every version there was. `shown` is null where the policy was never issued.
 */
export const getPolicyPage = defineQuery("policy-page", "policy.read", PolicyPage, async ({ tx, ctx }, input) => {
  const { code, number, language } = input;
  const versions = await listVersions(tx, code);
  const version = number === undefined ? versions[0] : versions.find((candidate) => candidate.number === number);
  if (number !== undefined && version === undefined) throw new NotFound();
  const page = { code, today: ctx.today, asOf: ctx.now };
  if (version === undefined) return { ...page, shown: null };

  const memberId = actingMemberId(ctx);
  const signatures = memberId === null ? NOTHING_SIGNED : await ownSignatures(tx, memberId);
  const own = signatures.get(version.id) ?? null;
  const locale = language ?? own?.locale ?? ctx.locale;
  const { title, sha256 } = version.texts[locale];
  const isNewest = version.id === versions[0]?.id;
  const owed = memberId === null || !isNewest ? [] : await listUnsignedPolicies(tx, memberId, ctx.today);
  const mayKnow = can(ctx, "policy.read_signatures");
  const names = await namesOf(
    tx,
    versions.map(({ issuedBy }) => issuedBy),
  );
  const given = mayKnow ? await signaturesGiven(tx) : null;
  const shown: PolicyShown = {
    ...{ versionId: version.id, number: version.number, isNewest, locale, title, sha256, own },
    ...{ effectiveOn: version.effectiveOn, issuedAt: version.issuedAt, issuedBy: names.get(version.issuedBy) ?? "" },
    blocks: parseDocument(await exactText(tx, sha256)),
    dueOn: owed.find((policy) => policy.code === code)?.dueOn ?? null,
    counts: mayKnow && isNewest ? countsOf(await rollOf(tx, version, ctx.today)) : null,
    versions: versions.map((each) => ({
      ...{ number: each.number, effectiveOn: each.effectiveOn, issuedAt: each.issuedAt },
      issuedBy: names.get(each.issuedBy) ?? "",
      signedAt: signatures.get(each.id)?.signedAt ?? null,
      // Why an officer issued it is for those who look after signatures; staff are told by the text itself.
      officers: given === null ? null : { reason: each.reason, dueOn: each.dueOn, signatures: given.get(each.id) ?? 0 },
    })),
  };
  return { ...page, shown };
});

const NOTHING_SIGNED: ReadonlyMap<string, OwnSignature> = new Map();

/** One page of who has signed a version and who is still to, and how many there are of each. */
export const getPolicySignatures = defineQuery(
  "policy-signatures",
  "policy.read_signatures",
  SignaturePage,
  async ({ tx, ctx }, input) => {
    const { version, newest, rows, counts, counted } = await signatureRows(tx, ctx, input);
    const from = (input.page - 1) * input.size;
    return {
      ...{ number: version.number, newest, title: version.texts[ctx.locale].title, dueOn: version.dueOn },
      ...{ rows: rows.slice(from, from + input.size), total: rows.length, counts, counted },
      ...{ today: ctx.today, asOf: ctx.now },
    };
  },
);

/** The same on all its pages, for its files. */
export const getPolicySignatureRows = defineQuery(
  "policy-signature-rows",
  "policy.read_signatures",
  SignatureRows,
  async ({ tx, ctx }, input) => {
    const { rows } = await signatureRows(tx, ctx, input);
    return { rows: rows.slice(0, LIST_ROWS_MAX), total: rows.length, today: ctx.today };
  },
  { timeoutSeconds: 60 },
);

type RowsAsked = z.output<typeof SignatureRows>;

async function signatureRows(tx: ClinicTx, ctx: { readonly today: string }, asked: RowsAsked) {
  const versions = await listVersions(tx, asked.code);
  const version = versions.find((candidate) => candidate.number === asked.number);
  const newest = versions[0]?.number;
  if (version === undefined || newest === undefined) throw new NotFound();
  const roll = await rollOf(tx, version, ctx.today);
  // Nobody owes a version that has been replaced: of it there are signatures and no gaps.
  const all = version.number === newest ? roll : roll.filter((row) => row.attestationId !== null);
  const words = foldForSearch(asked.q).split(" ");
  const isAsked = (row: SignatureRow) =>
    (asked.state.length === 0 || asked.state.includes(row.state)) &&
    // Signs alone name nobody: they find nobody, not everybody.
    (asked.q === "" || (words[0] !== "" && words.every((word) => foldForSearch(row.name).includes(word))));
  const counts = Object.fromEntries(
    SIGNATURE_STATES.map((state) => [state, all.filter((row) => row.state === state).length]),
  ) as Record<SignatureState, number>;
  return { version, newest, rows: inOrder(all.filter(isAsked), asked), counts, counted: countsOf(all) };
}

// The roll comes by name, and sorting keeps that order among equals.
function inOrder(rows: readonly SignatureRow[], { sort, direction }: Pick<RowsAsked, "sort" | "direction">) {
  const keyOf = (row: SignatureRow) => {
    if (sort === "due") return row.dueOn;
    return sort === "signed" ? (row.signedAt?.toISOString() ?? "") : null;
  };
  const sign = direction === "desc" ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === null || other === null) return sign * a.name.localeCompare(b.name);
    return one === other ? 0 : sign * (one < other ? -1 : 1);
  });
}

/** What the form for the next version starts with: what the clinic's records say, and what was given the last time. */
export const getIssuePolicyPage = defineQuery(
  "issue-policy-page",
  "policy.issue",
  z.object({ code: z.enum(POLICY_CODES) }),
  async ({ tx, ctx }, { code }) => {
    const [newest] = await listVersions(tx, code);
    const document = readPolicyDocument(code, ctx.locale);
    const before = newest?.variables.given;
    const [officers, owners] = [
      await namesWithRole(tx, "privacy_officer", ctx.today),
      await namesWithRole(tx, "owner", ctx.today),
    ];
    return {
      ...{ code, title: document.title, notice: document.notice, textAsOf: document.asOf },
      contentVersion: document.version,
      newest: newest === undefined ? null : { number: newest.number, orderedFrom: newest.variables.given.orderedFrom },
      people: await countPeopleToSign(tx, ctx.today),
      today: ctx.today,
      draft: {
        newest: newest?.number ?? 0,
        effectiveOn: ctx.today,
        dueDays: before?.dueDays ?? DUE_DAYS_USUAL,
        amnestyUntil: before?.amnestyUntil ?? addDays(ctx.today, AMNESTY_DAYS_USUAL),
        reportMinutes: before?.reportMinutes ?? REPORT_MINUTES_USUAL,
        privacyOfficer: officers[0] ?? before?.privacyOfficer ?? "",
        securityOfficer: before?.securityOfficer ?? "",
        governingBody: before?.governingBody ?? owners[0] ?? "",
        governingBodyEs: before?.governingBodyEs ?? "",
        addresses: await deepseekAddresses(tx),
      },
    };
  },
);

/** Exactly what staff would be shown of a draft, in both languages. Refuses what issuing would refuse. */
export const getPolicyPreview = defineQuery(
  "policy-preview",
  "policy.issue",
  PolicyDraft,
  async ({ tx, ctx }, draft): Promise<PolicyPreview> => {
    const { number, dueOn, texts } = await composePolicy(tx, ctx, draft);
    const shown = ({ title, text, sha256 }: (typeof texts)["en"]) => ({ title, sha256, blocks: parseDocument(text) });
    return {
      ...{ number, dueOn, people: await countPeopleToSign(tx, ctx.today) },
      texts: { en: shown(texts.en), es: shown(texts.es) },
    };
  },
);
