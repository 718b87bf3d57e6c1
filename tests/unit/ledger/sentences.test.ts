import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isPersonal } from "#lib/domain/event.ts";
import { EVENT_DEFINITIONS } from "#lib/domain/ledger/events.ts";
import { DATES, ENUMERATED, EVENT_KINDS, MOMENTS, type Saying, sentenceOf } from "#lib/domain/ledger/rules.ts";
import { type EventShown, LEDGER_FAULTS } from "#lib/domain/ledger/schema.ts";
import { say } from "#lib/platform/i18n/say.ts";
import words from "#messages/en/ledger.json";

const MEMBER = "0f8fad5b-d9cb-469f-a165-70867728950e";
const sentences = flatten(words.sentences);
const definitions = EVENT_DEFINITIONS.map((definition) => [definition.type as string, definition] as const);

describe("every event type", () => {
  it("has a sentence in English, and there is none for anything else", () => {
    expect([...sentences.keys()].sort()).toEqual(definitions.map(([type]) => type).sort());
  });

  it.each(definitions)("is said with nothing but what it has: %s", (type, { schema }) => {
    const fields = Object.keys(schema.shape);
    const known = [
      "actor",
      ...fields,
      ...fields.map((field) => `${field}Given`),
      ...(fields.includes("memberId") ? ["member", "own"] : []),
    ];
    expect(argumentsOf(sentences.get(type) ?? "").filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(definitions)("reads as a sentence, with every value there: %s", (type, definition) => {
    const sentence = sentenceOf(eventOf(definition, "full"), inEnglish("Dana Whitfield"));
    expectToRead(sentence, type);
  });

  it.each(definitions)(
    "reads as a sentence when openings are gone and values were left out: %s",
    (type, definition) => {
      const sentence = sentenceOf(eventOf(definition, "bare"), inEnglish(null));
      expectToRead(sentence, type);
      expect(sentence).not.toMatch(/ {2}|,,|“”|\(\)| ,| \.|, \(/);
    },
  );
});

describe("an event of somebody's own emergency access", () => {
  it("names them once where they ended it themselves, and both where somebody else did", () => {
    const [, definition] = definitions.find(([type]) => type === "emergency_access.ended") ?? expect.fail();
    const event = eventOf(definition, "full");
    const data = { memberId: MEMBER, kind: "drill" };
    const by = (id: string) =>
      sentenceOf(
        { ...event, data, actor: { ...event.actor, kind: "member", id } },
        {
          ...inEnglish(null),
          nameOf: (each) => (each === MEMBER ? "Luis Ortega" : "Grace Okafor"),
        },
      );
    expect(by(MEMBER)).toBe("Luis Ortega ended their emergency access, opened for a drill");
    expect(by("0199a0b0-0000-7000-8000-00000000000f")).toBe(
      "Grace Okafor ended the emergency access of Luis Ortega, opened for a drill",
    );
  });
});

describe("an event that is older than its type's newest field", () => {
  it("is said without it", () => {
    const [, definition] = definitions.find(([type]) => type === "deepseek_narrowing.proposed") ?? expect.fail();
    const event = { ...eventOf(definition, "full"), data: { toolId: MEMBER, rationale: "Our host runs it." } };
    expect(sentenceOf(event, inEnglish("Dana Whitfield"))).toBe(
      "Dana Whitfield proposed to take one tool out of the DeepSeek prohibition. Rationale: “Our host runs it.”",
    );
  });
});

describe("a value", () => {
  const enumerated = definitions.flatMap(([, { schema }]) => fieldsOf(schema).filter(([name]) => ENUMERATED.has(name)));
  const values = new Set(enumerated.flatMap(([name, schema]) => optionsOf(schema).map((value) => `${name}.${value}`)));

  it("out of a list has a word, and no word stands for nothing", () => {
    expect([...flatten(words.values).keys()].sort()).toEqual([...values].sort());
  });

  it("out of a list is never said as it is stored", () => {
    const raw = definitions.flatMap(([type, { schema }]) => {
      const stored = fieldsOf(schema).filter(([name, field]) => optionsOf(field).length > 0 && !ENUMERATED.has(name));
      return stored.filter(([name]) => sentences.get(type)?.includes(`{${name}}`)).map(([name]) => `${type} ${name}`);
    });
    expect(raw).toEqual([]);
  });

  it("that is a date or a moment is said as one", () => {
    const dated = definitions.flatMap(([type, { schema }]) =>
      fieldsOf(schema).flatMap(([name, field]) => {
        const used = argumentsOf(sentences.get(type) ?? "").includes(name);
        const known =
          bareOf(field) instanceof z.ZodISODate ? DATES : bareOf(field) instanceof z.ZodISODateTime ? MOMENTS : null;
        return used && known !== null && !known.has(name) ? [`${type} ${name}`] : [];
      }),
    );
    expect(dated).toEqual([]);
  });
});

describe("the page's words", () => {
  it("name every fault, every kind and every sort of actor", () => {
    expect(Object.keys(words.faults).sort()).toEqual([...LEDGER_FAULTS].sort());
    expect(Object.keys(words.kinds).sort()).toEqual(Object.keys(EVENT_KINDS).sort());
    expect(Object.keys(words.actors).sort()).toEqual(["member", "operator", "system"]);
  });
});

describe("sentences as they are read", () => {
  const definitionOf = (type: string) => definitions.find(([known]) => known === type)?.[1] ?? expect.fail(type);

  it("name who acted, what, why and on what conditions", () => {
    const event = eventOf(definitionOf("tool.approved_without_phi"), "full");
    const data = {
      ...event.data,
      ...{ vendor: "OpenAI", product: "ChatGPT", surface: "Business", number: 2, basis: "officer", soleDecider: true },
      ...{ conditions: ["No patients", "Clinic accounts"], reason: "For letters.", reviewOn: "2027-05-20" },
    };
    expect(sentenceOf({ ...event, data }, inEnglish("Dana Whitfield"))).toBe(
      "Dana Whitfield approved ChatGPT, Business, by OpenAI, without patient data (decision 2, made by an officer, sole decider), to be reviewed by 20 May 2027. Conditions: “No patients · Clinic accounts”. Reason: “For letters.”",
    );
  });

  it("call a job, an operator and a member without a name by words", () => {
    const event = eventOf(definitionOf("evidence.downloaded"), "full");
    const by = (actor: EventShown["actor"]) => sentenceOf({ ...event, actor }, inEnglish(null));
    expect(by({ kind: "system", id: null, job: "reactions" })).toBe("Wardbook downloaded an evidence pack");
    expect(by({ kind: "operator", id: null, job: "evidence" })).toBe(
      "The operator of this server downloaded an evidence pack",
    );
    expect(by({ kind: "member", id: MEMBER, job: null })).toBe("A member of the clinic downloaded an evidence pack");
  });

  it("take a typed text as text, whatever it looks like", () => {
    const event = eventOf(definitionOf("deepseek_narrowing.withdrawn"), "full");
    const reason = "{actor} '{reason}' <b>2026-01-01</b> #";
    expect(sentenceOf({ ...event, data: { ...event.data, reason } }, inEnglish("Dana"))).toContain(`“${reason}”`);
  });
});

function inEnglish(name: string | null): Saying {
  return { words: say("en", "ledger"), locale: "en", timeZone: "America/New_York", nameOf: () => name };
}

function expectToRead(sentence: string, type: string): void {
  expect(sentence).not.toMatch(/undefined|null|NaN|Invalid Date|[{}]|sentences\.|values\./);
  expect(sentence).not.toContain(type);
  expect(sentence).not.toContain(MEMBER);
  expect(sentence).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  expect(sentence).toMatch(/^\p{Lu}|^\d/u);
  expect(sentence).not.toMatch(/[a-z]_[a-z]/);
}

type Definition = (typeof EVENT_DEFINITIONS)[number];

/** An event of the type: `full` with a value in every field, `bare` with personal values gone and optional ones left out. */
function eventOf({ type, objectType, schema }: Definition, filling: "full" | "bare"): EventShown {
  const data = Object.fromEntries(fieldsOf(schema).map(([name, field]) => [name, sampleOf(field, filling)]));
  return {
    seq: 41,
    recordedAt: "2026-11-22T01:09:40.941847Z",
    occurredAt: null,
    type,
    actor: { kind: "member", id: MEMBER, job: null },
    object: { type: objectType, id: MEMBER },
    correlation: MEMBER,
    data,
    leaf: "0".repeat(64),
  };
}

function sampleOf(schema: z.ZodType, filling: "full" | "bare"): unknown {
  if (isPersonal(schema)) {
    const text = filling === "full" ? "Something typed" : "";
    return schema instanceof z.ZodArray ? [text, text] : text;
  }
  if (schema instanceof z.ZodNullable)
    return filling === "bare" ? null : sampleOf(schema.unwrap() as z.ZodType, filling);
  if (optionsOf(schema).length > 0) return optionsOf(schema)[0];
  if (schema instanceof z.ZodUUID) return MEMBER;
  if (schema instanceof z.ZodISODate) return "2026-03-03";
  if (schema instanceof z.ZodISODateTime) return "2026-03-03T14:05:00.000Z";
  if (schema instanceof z.ZodBoolean) return filling === "full";
  if (schema instanceof z.ZodNumber) return filling === "full" ? 1204 : 1;
  return "a".repeat(64);
}

function fieldsOf(schema: Definition["schema"]): Array<[string, z.ZodType]> {
  return Object.entries(schema.shape as Record<string, z.ZodType>).filter(([name]) => name !== "type" && name !== "id");
}

function bareOf(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
}

function optionsOf(schema: z.ZodType): string[] {
  const bare = bareOf(schema);
  return bare instanceof z.ZodEnum ? bare.options.map(String) : [];
}

/** Names of the arguments of an ICU message: what follows a brace and ends at another or at a comma. */
function argumentsOf(message: string): string[] {
  return [
    ...new Set([...message.matchAll(/\{(\w+)(?=\}|, *(?:select|plural|number))/g)].map((match) => match[1] ?? "")),
  ];
}

function flatten(tree: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([name, value]): Array<[string, string]> => {
      const place = path === "" ? name : `${path}.${name}`;
      return typeof value === "string" ? [[place, value]] : [...flatten(value as object, place)];
    }),
  );
}
