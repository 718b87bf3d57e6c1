import { describe, expect, test } from "vitest";
import { addRecent, readRecent } from "#components/tools/recent-look-ups.ts";
import {
  asksAboutDeidentification,
  byMatch,
  hostRank,
  isAboutAccount,
  isYes,
  mayAskFor,
  nameRanks,
  namesIn,
  nearMisses,
  piecesOf,
  saysAddress,
  saysAll,
  saysTogether,
  sentenceOf,
  verdictOf,
} from "#lib/domain/tools/look-up/rules.ts";
import { GOES_IN } from "#lib/domain/tools/requests/schema.ts";
import { nameKeyOf } from "#lib/domain/tools/rules.ts";
import { STANDING_REASONS, STANDINGS, type Standing } from "#lib/domain/tools/schema.ts";
import english from "#messages/en/look-up.json";
import spanish from "#messages/es/look-up.json";

describe("the answer", () => {
  test.each([
    // standing, nothing about patients, de-identified, patient data
    ["may_use_with_phi", "yes", "yes", "yes"],
    ["may_use_without_phi", "yes", "ask", "no"],
    ["ask", "ask", "ask", "ask"],
    ["may_not_use", "no", "no", "no"],
  ] as const)("of a tool whose standing is %s is %s, %s, %s", (standing, ...answers) => {
    expect(GOES_IN.map((goesIn) => verdictOf(standing, goesIn))).toEqual(answers);
  });

  test("is a yes only where the standing is one, and to patient data only where it says patient data", () => {
    const yes = STANDINGS.flatMap((standing) =>
      [null, ...GOES_IN].filter((goesIn) => isYes(standing, goesIn)).map((goesIn) => `${standing} ${goesIn}`),
    );
    expect(yes).toEqual([
      ...["null", "nothing", "deidentified", "phi"].map((goesIn) => `may_use_with_phi ${goesIn}`),
      ...["null", "nothing"].map((goesIn) => `may_use_without_phi ${goesIn}`),
    ]);
  });

  test("asks a person whether data is de-identified where patient data itself may not go in, and only there", () => {
    expect(asksAboutDeidentification("may_use_without_phi", "deidentified")).toBe(true);
    expect(asksAboutDeidentification("may_use_without_phi", null)).toBe(true);
    expect(asksAboutDeidentification("may_use_without_phi", "nothing")).toBe(false);
    for (const standing of ["may_use_with_phi", "ask", "may_not_use"] as const) {
      expect(asksAboutDeidentification(standing, "deidentified")).toBe(false);
    }
  });

  test.each([
    ["English", english],
    ["Spanish", spanish],
  ])("is one sentence in %s that names the tool and what goes in, for every standing", (_, words) => {
    for (const standing of STANDINGS) {
      for (const goesIn of [null, ...GOES_IN]) {
        const [first = "", second = ""] = sentenceOf(standing, goesIn).split(".");
        const sentence = (words.sentence as Record<string, Record<string, string>>)[first]?.[second];
        expect(sentence, `${standing} ${goesIn}`).toContain("{product}, <plan>{surface}</plan>");
        expect(sentence).toMatch(/^[^.]*\.$/);
      }
    }
    for (const reason of STANDING_REASONS) expect(words.reason).toHaveProperty(reason);
  });

  test.each([
    [{ standing: "ask", reasons: ["not_decided"] }, "nothing", true],
    [{ standing: "may_not_use", reasons: ["prohibited"] }, "nothing", true],
    [{ standing: "may_not_use", reasons: ["deepseek_blanket"] }, null, false],
    [{ standing: "may_not_use", reasons: ["deepseek_own"] }, "nothing", false],
    [{ standing: "may_use_without_phi", reasons: ["approved_without_phi"] }, "nothing", false],
    [{ standing: "may_use_without_phi", reasons: ["approved_without_phi"] }, "deidentified", true],
    [{ standing: "may_use_with_phi", reasons: ["approved_with_phi"] }, "deidentified", false],
    [{ standing: "may_use_without_phi", reasons: ["approved_without_phi"] }, "phi", true],
    [{ standing: "may_use_without_phi", reasons: ["approved_without_phi"] }, null, true],
    [{ standing: "may_use_with_phi", reasons: ["approved_with_phi"] }, null, false],
  ] as const)("%o for %s may be asked for: %s", (standing, goesIn, may) => {
    expect(mayAskFor(standing, goesIn)).toBe(may);
  });
});

test.each([
  ["Only the clinic's work account; never a personal Microsoft account.", true],
  ["Clinic-managed accounts only.", true],
  ["Work or school sign-in only.", true],
  ["Only the managed workspace account.", true],
  ["Solo la cuenta de la clínica.", true],
  ["The Google Cloud BAA is accepted for this account.", false],
  ["AI stays off in any workspace under the health information exhibit", false],
  ["Only models on Anthropic's covered list.", false],
  ["Nothing about patients goes in.", false],
])("“%s” says which account: %s", (condition, says) => {
  expect(isAboutAccount(condition)).toBe(says);
});

describe("the best match", () => {
  const chatgpt = namesIn(nameKeyOf({ vendor: "OpenAI", product: "ChatGPT", surface: "Free, Go, Plus and Pro" }));
  const rankOf = (asked: string) => nameRanks(asked)(chatgpt);

  test.each([
    ["chatgpt", 0],
    ["Chat GPT", 0],
    ["may I use ChatGPT?", 0],
    ["ChatGPT Free, Go, Plus and Pro", 0],
    ["chat", 2],
    ["OpenAI", 2],
    ["ChatGPT Free", 1],
    ["gpt", 3],
    ["plus", 4],
  ])("“%s” is ranked %i among names", (asked, rank) => {
    expect(rankOf(asked) - rankOf("ChatGPT")).toBe(rank);
  });

  test.each([
    ["Le Chat", "OpenAI", "ChatGPT", "Enterprise (through sales)", false],
    ["Le Chat", "Mistral AI", "Le Chat", "Free", true],
    ["open ai", "OpenAI", "ChatGPT", "Free", true],
    ["Chat GPT", "OpenAI", "ChatGPT", "Free", true],
    ["x", "xAI", "Grok", "Website", true],
    ["x", "Vertex Labs", "Answers", "Website", false],
    ["v9", "Northwind", "V9", "Website", true],
  ])("“%s” is said by %s, %s, %s: %s", (asked, vendor, product, surface, said) => {
    const words = asked.toLowerCase().split(" ");
    expect(saysAll(nameKeyOf({ vendor, product, surface }), words)).toBe(said);
  });

  test("by address comes before any by name, the nearest address first", () => {
    const asked = "chat.example.com";
    const ranks = [["chat.example.com"], ["example.com"], ["*.example.com"], ["eu.chat.example.com"]].map((names) =>
      hostRank(asked, names),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => Number(a) - Number(b)));
    expect(ranks).not.toContain(null);
    expect(Number(ranks.at(-1))).toBeLessThan(rankOf("ChatGPT"));
    expect(hostRank(asked, ["mail.example.com", "chat.example.org"])).toBeNull();
  });

  test("of two at one address is the one whose names say more of it; an app is not what a browser shows", () => {
    const names = (product: string, surface: string) => namesIn(nameKeyOf({ vendor: "Maker", product, surface }));
    const [web, app] = [names("DeepSeek Chat", "Web chat, free"), names("DeepSeek app", "iPhone and Android app")];
    for (const host of ["chat.deepseek.com", "deepseek.com"]) {
      expect(saysAddress(host, web)).toBeGreaterThan(saysAddress(host, app));
    }
    const match = (tool: typeof web, standing: Standing) => ({
      ...{ ...tool, rank: 0, standing, isForSoftware: false, saysAddress: saysAddress("chat.deepseek.com", tool) },
    });
    expect(byMatch(match(web, "may_not_use"), match(app, "may_not_use"))).toBeLessThan(0);
    // Careful still comes first.
    expect(byMatch(match(web, "may_use_with_phi"), match(app, "may_not_use"))).toBeGreaterThan(0);
  });

  test("of two that are named alike is the one that is not for those who build software", () => {
    const match = (product: string, isForSoftware: boolean) => ({
      ...{ rank: 1, standing: "ask" as const, saysAddress: 0, surface: "", product, isForSoftware },
    });
    expect(byMatch(match("Gemini app", false), match("Gemini API", true))).toBeLessThan(0);
  });

  test.each([
    ["Copy.ai", "Copy.ai", true],
    ["copy.ai", "CopyAI", true],
    ["c.ai", "Epic AI features", false],
    ["pine.com", "Pine on other computers", false],
  ])("what reads like an address, “%s”, is the name of “%s”: %s", (asked, product, isName) => {
    const nameKey = nameKeyOf({ vendor: "Maker", product, surface: "Website" });
    expect(saysTogether(nameKey, asked.toLowerCase().split("."))).toBe(isName);
  });

  test("of equally good ones the most careful answer comes first: nobody takes another plan's yes for theirs", () => {
    const plans = (["may_use_with_phi", "ask", "may_not_use", "may_use_without_phi"] as const).map((standing) => ({
      ...{ rank: 0, standing, saysAddress: 0, isForSoftware: false, product: "ChatGPT", surface: standing },
    }));
    const better = {
      ...chatgpt,
      rank: -1,
      saysAddress: 0,
      isForSoftware: false,
      standing: "may_use_with_phi",
    } as const;
    expect([...plans, better].sort(byMatch).map(({ standing }) => standing)).toEqual([
      "may_use_with_phi",
      "may_not_use",
      "ask",
      "may_use_without_phi",
      "may_use_with_phi",
    ]);
  });
});

describe("a slip of the finger", () => {
  const products = ["chatgpt", "chatgpt for healthcare", "claude", "microsoft 365 copilot", "suki", "poe", "deepseek"];

  test.each([
    ["chatgtp", ["chatgpt", "chatgpt for healthcare"]],
    ["chatgtp.com", ["chatgpt", "chatgpt for healthcare"]],
    ["Cluade", ["claude"]],
    ["copiolt", ["microsoft 365 copilot"]],
    ["suky", ["suki"]],
    ["deap seek", ["deepseek"]],
    ["ChatGPT gratis", ["chatgpt", "chatgpt for healthcare"]],
  ])("in “%s” is seen", (typed, meant) => {
    expect(nearMisses(typed, products)).toEqual(meant);
  });

  test.each(["", "x", "Po", "Pia", "Quokkanator 9000", "9000", "cloud", "🙂", "x".repeat(5_000)])(
    "is none in “%s”",
    (typed) => {
      expect(nearMisses(typed, products)).toEqual([]);
    },
  );

  test("leaves at least one piece of the typed words whole, by which the name is found among many", () => {
    for (const typed of ["chatgtp", "Cluade", "copiolt", "suky", "deapseek", "hcatgpt", "perplexty ai", "otter"]) {
      const near = nearMisses(typed, [...products, "perplexity", "otter ai"]);
      expect(near, typed).not.toEqual([]);
      for (const product of near) expect(piecesOf(typed).some((piece) => product.includes(piece))).toBe(true);
    }
    expect(piecesOf("12 345678")).toEqual([]);
  });

  test("is found among 20,000 products", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `assistant ${index.toString(36)} of the north`);
    expect(nearMisses("assistent 1kw of teh north", many)).toContain("assistant 0 of the north");
  });
});

describe("what a browser remembers", () => {
  const tool = (n: number) => ({ id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`, name: `Tool ${n}` });

  test("is the last five tools, the newest first, each once", () => {
    const kept = [1, 2, 3, 2, 4, 5, 6].reduce<string | null>((before, n) => addRecent(before, tool(n)), null);
    expect(readRecent(kept).map(({ name }) => name)).toEqual(["Tool 6", "Tool 5", "Tool 4", "Tool 2", "Tool 3"]);
  });

  test("holds ids and names alone", () => {
    expect(addRecent(null, { ...tool(1), typed: "Jane Doe" } as never)).toBe(JSON.stringify([tool(1)]));
  });

  test.each([
    ["no JSON", "{"],
    ["something else", '{"a":1}'],
    ["no ids", '[{"id":"../../evil","name":"x"},null,7,{"id":7}]'],
    ["nothing", null],
  ])("is nothing where it kept %s", (_, kept) => {
    expect(readRecent(kept)).toEqual([]);
  });
});
