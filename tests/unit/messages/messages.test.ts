import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  AcceptInvitation,
  EmailAddress,
  JoinClinicWithPassword,
  NewPassword,
  SignIn,
} from "#lib/domain/clinic/schema.ts";
import { parseInput } from "#lib/domain/parse.ts";
import { MayIUseIt } from "#lib/domain/tools/look-up/schema.ts";
import { InvalidInput } from "#lib/kernel/errors.ts";

type Messages = { [key: string]: string | Messages };

const filesOf = (locale: string) => readdirSync(`messages/${locale}`).filter((name) => name.endsWith(".json"));
const words = (locale: string, file: string): Map<string, string> =>
  flat(JSON.parse(readFileSync(`messages/${locale}/${file}`, "utf8")));
const english = words("en", "refusals.json");
const spanish = words("es", "refusals.json");

function flat(messages: Messages, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${prefix}${key}`, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const sources = ["lib", "app", "components"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name)),
  )
  .filter((file) => /\.tsx?$/.test(file) && !file.includes("generated"))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));

/** What the pattern's first group finds in the code, with the file it stands in. */
function used(pattern: RegExp): Array<[code: string, file: string]> {
  return sources.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].map((match): [string, string] => [match[1] ?? "", file]),
  );
}

describe("each refusal has English words", () => {
  const refusals = used(/\b(?:refuse|new Refusal)\(\s*"([^"]+)"/g);
  const codes = used(/\b(?:error|message): "([a-z][a-z0-9_]*)"/g).filter(([, file]) =>
    /^(lib\/domain|app)\//.test(file),
  );
  const ofParse = [...readFileSync("lib/domain/parse.ts", "utf8").matchAll(/(?:return|\?|:) "([a-z_]+)"/g)].map(
    ([, code]) => code ?? "",
  );

  test("that a rule gives", () => {
    expect(refusals.length).toBeGreaterThan(20);
    expect(refusals.filter(([code]) => !english.has(code))).toEqual([]);
  });

  test("that an input schema gives, or zod itself", () => {
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter(([code]) => !english.has(`input.${code}`))).toEqual([]);
    expect(ofParse.length).toBeGreaterThan(4);
    expect(ofParse.filter((code) => !english.has(`input.${code}`))).toEqual([]);
  });

  test("and none has words that no code gives", () => {
    const given = new Set([
      ...refusals.map(([code]) => code),
      ...[...codes.map(([code]) => code), ...ofParse].map((code) => `input.${code}`),
      ...["conflict", "forbidden", "defect"],
    ]);
    const elsewhere = (code: string) => sources.some(({ text }) => text.includes(`"${code}"`));
    expect([...english.keys()].filter((code) => !given.has(code) && !elsewhere(code))).toEqual([]);
  });

  test("whose placeholders the refusal fills", () => {
    const given = sources.map(({ text }) => text).join("\n");
    const unfilled = refusals.flatMap(([code]) =>
      placeholders(english.get(code) ?? "").filter((name) => !new RegExp(`\\b${name}\\b`).test(given)),
    );
    expect(unfilled).toEqual([]);
  });
});

describe("every message", () => {
  test.each(["en", "es"].flatMap((locale) => filesOf(locale).map((file) => [locale, file] as const)))(
    "of %s/%s is a well-formed ICU message with something to say",
    (locale, file) => {
      for (const [key, message] of words(locale, file)) {
        expect(() => parse(message), `${file} ${key}: ${message}`).not.toThrow();
        expect(message.trim(), `${file} ${key}`).not.toBe("");
        expect(message, `${file} ${key}`).toBe(message.trim());
      }
    },
  );

  test.each(filesOf("es"))("of es/%s stands in English too, and names nothing that English does not", (file) => {
    const own = words("en", file);
    for (const [key, message] of words("es", file)) {
      expect(own.has(key), `${file} ${key}`).toBe(true);
      expect(placeholders(own.get(key) ?? ""), `${file} ${key}`).toEqual(expect.arrayContaining(placeholders(message)));
    }
  });
});

describe("what staff can be told is there in Spanish", () => {
  test.each([
    ["signing in", SignIn, { email: "x", password: "x".repeat(2000) }],
    ["signing in with nothing", SignIn, {}],
    ["an email", EmailAddress, "x".repeat(300)],
    ["a short password", NewPassword, "short"],
    ["a long password", NewPassword, "x".repeat(300)],
    ["joining with nothing", JoinClinicWithPassword, {}],
    [
      "joining with too much",
      JoinClinicWithPassword,
      { name: "x".repeat(500), jobTitle: "x".repeat(500), workforceType: "robot", password: "x" },
    ],
    ["accepting with nothing", AcceptInvitation, {}],
    [
      "accepting with too much",
      AcceptInvitation,
      { invitationId: "1", name: "x".repeat(500), startedOn: "soon", accountExists: 1, email: 1, locale: "fr" },
    ],
    ["asking with what is no text", MayIUseIt, { q: 7 }],
  ] as const)("after %s", (_, schema, raw) => {
    const codes = codesOf(schema, raw);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !spanish.has(`input.${code}`))).toEqual([]);
  });

  test("when an invitation or a sign-in is refused, or something fails", () => {
    const staff = [...english.keys()].filter((code) =>
      /^(invitation|sign_in|account|reset_link|second_step|passkey)\.|^(conflict|forbidden|defect)$/.test(code),
    );
    expect(staff.length).toBeGreaterThan(7);
    expect(staff.filter((code) => !spanish.has(code))).toEqual([]);
  });

  test("wherever they look tools up, and on the pages of their own account", () => {
    const files = [
      "account.json",
      "layout.json",
      "list.json",
      "forbidden.json",
      "look-up.json",
      "calendar.json",
      "help.json",
    ];
    expect(files.filter((file) => !filesOf("es").includes(file))).toEqual([]);
    for (const file of files) expect([...words("es", file).keys()]).toEqual([...words("en", file).keys()]);
  });
});

function codesOf(schema: z.ZodType, raw: unknown): string[] {
  try {
    parseInput(z.object({ field: schema }), { field: raw });
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.issues.map(({ code }) => code);
  }
}

describe("Spanish has one word for one thing", () => {
  const texts = [
    ...filesOf("es").flatMap((file) => [...words("es", file)].map(([key, text]) => [`${file} ${key}`, text] as const)),
    ...readdirSync("content/catalogue").map((file) => {
      const spanish = readFileSync(`content/catalogue/${file}`, "utf8").match(/^ +es: .*$/gm) ?? [];
      return [file, spanish.join("\n").replace(/^ +es: "|"$/gm, "")] as const;
    }),
  ];

  test.each([
    [
      "the privacy officer is «responsable de privacidad»",
      /\boficial(es)? de (privacidad|cumplimiento)\b|encargad\w+ de privacidad/i,
    ],
    ["the owner is «la persona propietaria»", /\b(el|al|del|su) propietario\b/i],
    ["quotations stand in « »", /[“”„]|\\"/],
    ["the reader is «usted»", /\b(tú|tienes|puedes|vuestr\w+|vosotros)\b/i],
  ])("%s", (_, wrong) => {
    expect(texts.filter(([, text]) => wrong.test(text)).map(([place]) => place)).toEqual([]);
  });

  test("asking about a tool is «consultar», wherever the box stands; lists are searched", () => {
    expect(words("es", "look-up.json").get("submit")).toBe("Consultar");
    expect(words("es", "calendar.json").get("lookUp.submit")).toBe("Consultar");
    expect(words("es", "list.json").get("search")).toBe("Buscar");
  });
});

type Element = ReturnType<typeof parse>[number];

/** The names that a message has filled in, sorted. */
function placeholders(message: string): string[] {
  const names = (elements: Element[]): string[] =>
    elements.flatMap((element) => {
      const own = "value" in element && element.type !== 0 && element.type !== 8 ? [element.value] : [];
      const nested = "options" in element ? Object.values(element.options).flatMap(({ value }) => names(value)) : [];
      return [...own, ...nested, ...("children" in element ? names(element.children) : [])];
    });
  return [...new Set(names(parse(message)))].sort();
}
