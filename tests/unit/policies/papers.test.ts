import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { fillDocument } from "#lib/domain/policies/documents/rules.ts";
import { readPolicyDocument } from "#lib/domain/policies/documents/store.ts";
import {
  composePolicy,
  composeSignatureRoll,
  type PolicyReading,
  type RolledSignature,
} from "#lib/domain/policies/evidence.ts";
import { renderPdf } from "#lib/platform/pdf/render.ts";

const HOSTILE = "🙂 漢字 #let x = 1 ] [ $ ` \\ @a <b> *bold* #panic() {{clinicName}}";
const paper = {
  ...{ clinicName: `Harbor ${HOSTILE}`, timeZone: "America/Chicago", mark: "wardbook.example.com/c/1/1@42" },
  asOf: new Date("2026-11-22T16:14:00Z"),
};

const person = (name: string, fields: Partial<RolledSignature> = {}): RolledSignature => ({
  ...{ memberId: name, name, jobTitle: "", role: "staff", state: "unsigned", dueOn: "2026-11-25", attestationId: null },
  ...{ seq: null, signedAt: null, typedName: "", locale: null, textSha256: "", ...fields },
});
const signed = (name: string, at: string, fields: Partial<RolledSignature> = {}) =>
  person(name, {
    state: "signed",
    attestationId: name,
    seq: 77,
    signedAt: new Date(at),
    typedName: name,
    locale: "es",
    ...fields,
  });

function reading(roll: readonly RolledSignature[]): PolicyReading & { roll: readonly RolledSignature[] } {
  const textIn = (locale: "en" | "es") => {
    const { text, variables } = readPolicyDocument("P02", locale);
    return fillDocument(text, Object.fromEntries(variables.map((name) => [name, HOSTILE])));
  };
  const given = {
    ...{ orderedFrom: "2026-11-22", dueDays: 3, amnestyUntil: "2026-12-06", reportMinutes: 60, addresses: [] },
    ...{ privacyOfficer: "", securityOfficer: "", governingBody: "", governingBodyEs: "" },
  };
  return {
    version: {
      ...{ id: "1", policyId: "2", code: "P02", number: 2, contentVersion: 1, reason: `Because\n${HOSTILE}` },
      ...{ effectiveOn: "2026-11-22", dueOn: "2026-11-25", issuedBy: "3", variables: { given, en: {}, es: {} } },
      ...{ issuedAt: paper.asOf, recordedAt: paper.asOf },
      texts: {
        en: { title: "DeepSeek may not be used for work", sha256: "a1".repeat(32) },
        es: { title: "DeepSeek no se puede usar para el trabajo", sha256: "b2".repeat(32) },
      },
    },
    ...{ issuedBy: "Dana Whitfield", seq: 1204, texts: { en: textIn("en"), es: textIn("es") }, roll },
  };
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync(tool, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function textOf(pdf: Uint8Array): string {
  return execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8", maxBuffer: 2 ** 26 });
}

function expectTagged(pdf: Uint8Array): void {
  const bytes = Buffer.from(pdf).toString("latin1");
  expect(bytes).toContain("<pdfuaid:part>1</pdfuaid:part>");
  expect(bytes).toMatch(/\/Marked true/);
}

describe("a version, set for reading", () => {
  let pdf: Uint8Array;
  beforeAll(async () => {
    pdf = await renderPdf(composePolicy(paper, reading([])));
  }, 60_000);

  test("is tagged, and its Spanish part is marked as Spanish", () => {
    expectTagged(pdf);
    expect(Buffer.from(pdf).toString("latin1")).toMatch(/\/Lang \(es\)/);
  });

  test.skipIf(!isInstalled("pdftotext"))(
    "says both texts as they are, names the files and hashes, and takes marks for marks",
    () => {
      const words = textOf(pdf).replace(/\s+/g, " ");
      expect(words).toContain("1. The order");
      expect(words).toContain("1. La orden");
      expect(words).toContain("no change of status and no exception, ever");
      expect(words).toContain("data/policies/P02-v2.es.md");
      expect(words.replaceAll(" ", "")).toContain("a1".repeat(32));
      expect(words).toContain("#let x = 1 ] [ $ ` \\ @a <b> *bold* #panic() {{clinicName}}");
      expect(words).toContain("⟨U+1F642⟩");
      expect(words).toContain("1,204");
    },
  );

  test("is the same bytes every time", async () => {
    expect(Buffer.compare(pdf, await renderPdf(composePolicy(paper, reading([]))))).toBe(0);
  });
});

describe("the signatures, set for reading", () => {
  test.skipIf(!isInstalled("pdftotext"))("say who signed, newest first, who left, and who has not", async () => {
    const roll = [
      person("Luis Ortega", { state: "overdue", dueOn: "2026-11-20" }),
      signed("María Santos", "2026-11-22T16:14:00Z", { jobTitle: "Nurse", typedName: HOSTILE }),
      signed("Noor Haddad", "2026-11-21T09:00:00Z", { state: "left" }),
      person("Omar Reyes"),
    ];
    const pdf = await renderPdf(composeSignatureRoll(paper, reading(roll)));
    expectTagged(pdf);
    const words = textOf(pdf).replace(/\s+/g, " ");
    expect(words.indexOf("María Santos")).toBeLessThan(words.indexOf("Noor Haddad"));
    expect(words).toContain("November 22, 2026");
    expect(words).toContain("signed of 3");
    expect(words).toContain("signed and left");
    expect(words).toMatch(/Luis Ortega.*overdue/);
    expect(words).toContain("Omar Reyes");
    expect(words).not.toMatch(/\{(page|pages|shown|total|file)\}/);
  });

  test("of nobody and of 2,500 people are documents too", async () => {
    expectTagged(await renderPdf(composeSignatureRoll(paper, reading([]))));
    const many = Array.from({ length: 2_500 }, (_, index) => signed(`Person ${index}`, "2026-11-22T16:14:00Z"));
    expectTagged(await renderPdf(composeSignatureRoll(paper, reading(many))));
  }, 120_000);
});
