import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fillDocument, parseDocument, splitDocument, variablesOf } from "#lib/domain/policies/documents/rules.ts";
import { type Block, type Inline, PolicyDocument } from "#lib/domain/policies/documents/schema.ts";
import { readPolicyDocument } from "#lib/domain/policies/documents/store.ts";

const folder = "content/policies";
const files = readdirSync(folder).map((name) => {
  const { frontMatter, text } = splitDocument(readFileSync(`${folder}/${name}`, "utf8"));
  return { name, text, ...PolicyDocument.safeParse(parse(frontMatter)) };
});

const VALUES = {
  ackDueDays: "3",
  amnestyUntil: "15 Dec 2026",
  clinicName: "Harbor Family Clinic",
  effectiveDate: "1 Dec 2026",
  governingBody: "the owners",
  internalReportMinutes: "60",
  privacyOfficer: "Dana Ortiz",
  prohibitedDomains: "chat.deepseek.com, api.deepseek.com",
  securityOfficer: "Lee Park",
  toolRequestUrl: "https://wardbook.example/c/harbor-family/tools/ask",
};

/** What a reader reads of a block, without its marks. */
function wordsOf(block: Block): string {
  return block.kind === "list"
    ? block.items.map((item) => item.map(wordsOf).join(" ")).join("\n")
    : block.children.map(wordsOfInline).join("");
}

function wordsOfInline(inline: Inline): string {
  return inline.kind === "text" ? inline.text : inline.children.map(wordsOfInline).join("");
}

function sectionsOf(locale: "en" | "es"): Array<{ heading: string; blocks: Block[] }> {
  const sections: Array<{ heading: string; blocks: Block[] }> = [];
  for (const block of parseDocument(fillDocument(readPolicyDocument("P02", locale).text, VALUES))) {
    if (block.kind === "heading") sections.push({ heading: wordsOf(block), blocks: [] });
    else sections.at(-1)?.blocks.push(block);
  }
  return sections;
}

const countWords = (text: string) => text.split(/\s+/).filter(Boolean).length;
const textOf = (locale: "en" | "es") =>
  sectionsOf(locale)
    .flatMap(({ heading, blocks }) => [heading, ...blocks.map(wordsOf)])
    .join("\n");

describe("a policy document", () => {
  test.each(files)(
    "in $name fits its schema, is named after its code and language, and is dated",
    ({ name, error, data }) => {
      expect(error?.issues ?? []).toEqual([]);
      expect(name).toBe(data?.locale === "en" ? `${data.code}.md` : `${data?.code}.${data?.locale}.md`);
      expect((data?.asOf ?? "") >= "2026-01-01" && (data?.asOf ?? "") <= "2026-11-22").toBe(true);
    },
  );

  test.each(files)(
    "in $name begins with its title, holds the blanks that it declares, and fills into marks of the subset",
    ({ text, data }) => {
      expect(text.startsWith(`# ${data?.title}\n`)).toBe(true);
      expect(variablesOf(text)).toEqual([...(data?.variables ?? [])].sort());
      const values = Object.fromEntries((data?.variables ?? []).map((name) => [name, `value of ${name}`]));
      expect(() => parseDocument(fillDocument(text, values))).not.toThrow();
      // What is filled in must not touch a mark: `**{{name}}**` would not be bold for every name.
      expect(text).not.toMatch(/[*_]\{\{|\}\}[*_]/);
      expect(text).not.toMatch(/[\p{Cf}\t]|[^\n] +\n/u);
    },
  );

  test.each(files)(
    "in $name has each paragraph on one line, so that what is read has no line break of the file",
    ({ text, data }) => {
      const values = Object.fromEntries((data?.variables ?? []).map((name) => [name, "x"]));
      const broken = parseDocument(fillDocument(text, values)).filter(
        (block) => block.kind !== "list" && wordsOf(block).includes("\n"),
      );
      expect(broken).toEqual([]);
    },
  );
});

describe("the DeepSeek directive", () => {
  const english = readPolicyDocument("P02", "en");
  const spanish = readPolicyDocument("P02", "es");

  test("is the same in both languages but for its words", () => {
    const { title: _, notice: __, text: ___, locale: ____, ...facts } = english;
    expect(spanish).toMatchObject(facts);
    const outline = (locale: "en" | "es") =>
      parseDocument(fillDocument(readPolicyDocument("P02", locale).text, VALUES)).map((block) =>
        block.kind === "list"
          ? [block.kind, block.ordered, block.items.length]
          : [block.kind, block.kind === "heading" ? block.level : 0],
      );
    expect(outline("es")).toEqual(outline("en"));
    const marks = (text: string) => text.match(/\{\{\w+\}\}|45 CFR [\d.]+(\(\w+\))*|, 164\.\d+(\(\w+\))*/g);
    expect(marks(spanish.text)?.toSorted()).toEqual(marks(english.text)?.toSorted());
  });

  test.each(["en", "es"] as const)("has eleven numbered sections and the annex (%s)", (locale) => {
    const headings = sectionsOf(locale).map(({ heading }) => heading);
    expect(headings).toHaveLength(13);
    expect(headings.slice(1, 12).map((heading) => Number.parseInt(heading, 10))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(headings[12]).toMatch(/^(Annex|Anexo): /);
    const annex = sectionsOf(locale)[12]?.blocks.find((block) => block.kind === "list");
    expect(annex?.kind === "list" && annex.items).toHaveLength(9);
  });

  test("is read by staff in about three minutes, in short sentences", () => {
    for (const [locale, most] of [
      ["en", 690],
      ["es", 740],
    ] as const) {
      const staff = sectionsOf(locale).slice(0, 9);
      const words = staff.flatMap(({ heading, blocks }) => [heading, ...blocks.map(wordsOf)]).join("\n");
      expect(countWords(words), locale).toBeLessThanOrEqual(most);
      expect(countWords(textOf(locale)), locale).toBeLessThanOrEqual(most * 2);
      const long = words.split(/(?<=[.?:])\s|\n/).filter((sentence) => countWords(sentence) > 40);
      expect(long, locale).toEqual([]);
    }
  });

  test.each(["en", "es"] as const)(
    "cites in its front matter what it cites in the text, under the right section (%s)",
    (locale) => {
      const cited = sectionsOf(locale).flatMap(({ heading, blocks }) =>
        blocks.flatMap((block) =>
          [...wordsOf(block).matchAll(/(?:45 CFR |, )(164\.\d{3}(?:\(\w+\))*)/g)].map(
            ([, place]) => `${Number.parseInt(heading, 10)}: 45 CFR ${place}`,
          ),
        ),
      );
      const declared = readPolicyDocument("P02", locale).citations.map(
        ({ section, citation }) => `${section}: ${citation}`,
      );
      expect(new Set(declared).size).toBe(declared.length);
      expect([...new Set(cited)].sort()).toEqual(declared.toSorted());
    },
  );

  test("gives a source, a date and a confidence for each citation and each fact", () => {
    for (const { citation, source, asOf, confidence } of english.citations) {
      expect(source.url, citation).toMatch(/^https:\/\/www\.hhs\.gov\//);
      expect([asOf, confidence], citation).toEqual(["2026-11-21", "high"]);
    }
    expect(english.sources.length).toBeGreaterThanOrEqual(3);
    for (const { title, url, asOf, confidence, sections } of english.sources) {
      expect(url, title).toMatch(/^https:/);
      expect(asOf <= "2026-11-22", title).toBe(true);
      expect(["high", "medium", "low"], title).toContain(confidence);
      expect(Math.max(...sections), title).toBeLessThanOrEqual(11);
    }
  });

  test("lets nobody lift the ban on DeepSeek's own surfaces, and judges other hosts only once a surface is taken out", () => {
    const own = (locale: "en" | "es") => textOf(locale);
    expect(own("en")).toContain("no change of status and no exception, ever");
    expect(own("es")).toContain("no hay cambio de estado ni excepción, nunca");
    expect(own("en")).toContain("such tools are prohibited as a group, by default");
    expect(own("en")).toContain("Only the privacy officer, Dana Ortiz, may take one such surface");
    expect(own("en")).toContain("with the reasons in writing");
    expect(own("en")).toContain("a second person must approve");
    expect(own("en")).toContain("The host is then judged like any other vendor");
    expect(own("en")).toContain("It can't lift the prohibition of DeepSeek's own surfaces");
  });

  test.each([
    [
      "that a law bans DeepSeek",
      /federal law|illegal|against the law|unlawful|ley federal|ilegal|prohibid[oa] por (la )?ley/i,
    ],
    ["that HIPAA bans or names it", /HIPAA (bans|forbids|prohibits|names)|HIPAA (proh[ií]be|nombra)/i],
    ["that a product is certified", /HIPAA[- ](certified|compliant)|certificad[oa]/i],
    ["that anybody spies", /\bsp(y|ies|ying)\b|espionage|espía|espionaje|communist|comunista/i],
    ["that an exception is possible", /(?<!no )exceptions? (may|can) be|puede(n)? hacer(se)? (una )?excepci/i],
    ["that proposed rules bind", /NPRM|proposed rule|within 72 hours|24 hours/i],
    ["that a legal judgement is settled beforehand", /is a (reportable )?breach\b|es una violación notificable/i],
  ])("never claims %s", (_, claim) => {
    expect(textOf("en")).not.toMatch(claim);
    expect(textOf("es")).not.toMatch(claim);
  });

  test("says that it is the clinic's own rule, and that the government bans known don't reach private clinics", () => {
    expect(textOf("en")).toContain("This is our clinic's own rule.");
    expect(textOf("en")).toContain("They don't by themselves reach private clinics.");
    expect(textOf("es")).toContain("Esta es una regla propia de nuestra clínica.");
    expect(textOf("es")).toContain("Por sí mismas no alcanzan a las clínicas privadas.");
  });

  test("dates what it says of DeepSeek, and says that the privacy policy is quoted at second hand", () => {
    expect(textOf("en")).toContain("As of early 2026, DeepSeek offers none.");
    expect(textOf("en")).toContain("An article of May 2026 quotes DeepSeek's own privacy policy");
    expect(english.sources.find(({ title }) => title.includes("not read itself"))?.confidence).toBe("medium");
  });

  test("keeps amnesty apart from what patients are owed, and protects who reports", () => {
    expect(textOf("en")).toContain("This doesn't change what we owe our patients.");
    expect(textOf("en")).toContain("Nobody may punish you for reporting in good faith.");
    expect(textOf("es")).toContain("Eso no cambia lo que debemos a nuestros pacientes.");
    expect(textOf("es")).toContain("Nadie puede castigarle por avisar de buena fe.");
  });
});
