import { describe, expect, test } from "vitest";
import { fillDocument, parseDocument, splitDocument, variablesOf } from "#lib/domain/policies/documents/rules.ts";
import type { Block, Inline, ListItem } from "#lib/domain/policies/documents/schema.ts";
import { readPolicyDocument } from "#lib/domain/policies/documents/store.ts";
import { Refusal } from "#lib/kernel/errors.ts";

function refusalOf(work: () => unknown): { code: string; params: Refusal["params"] } | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, params: error.params };
  }
}

const text = (value: string): Inline => ({ kind: "text", text: value });
const paragraph = (...children: Inline[]) => ({ kind: "paragraph", children }) as const;

// What a clinic may call itself, or what somebody may try.
const HOSTILE = [
  "St. *Mary's* _Clinic_",
  "**Bold** & Sons",
  "Clinic [click](https://evil.example)",
  "![picture](https://evil.example/x.png)",
  "<script>alert(1)</script>",
  "<https://evil.example>",
  "`code` ``` ~~~",
  "Line one\nLine two",
  "Line one\n\n# A heading of its own",
  "Line one\r\n- a list",
  "\n\n## Annex",
  "# not a heading",
  "1. not a list",
  "1) not a list",
  "- not a list",
  "+ not a list",
  "> not a quotation",
  "    not code",
  "\tnot code",
  "---",
  "===",
  "| a | b |",
  "[ref]: https://evil.example",
  "back\\slash \\* \\",
  "&lt;b&gt; &amp; &#35; &#x41;",
  "{{clinicName}} {{privacyOfficer}} {{",
  "$& $1 $` $' $$",
  "  spaces at both ends  ",
  "two  spaces, at the end of a line  \nnext",
  "Niño & 漢字 🙂 \u00a0\u2028x",
  "\u00a0\ufeff\u200b\u000b\u000cx\u000b",
  "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
];

describe("filling the blanks of a document", () => {
  test.each(HOSTILE)("%j reads exactly as given, wherever it stands, and changes nothing around it", (value) => {
    const template =
      "# {{name}}\n\n{{name}}\n\nOf {{name}}, and **bold of {{name}} here**.\n\n- {{name}}\n- two\n\n1. {{name}}\n\n[to {{name}}](https://example.org)";
    const plain = parseDocument(fillDocument(template, { name: "XQZX" }));
    expect(JSON.stringify(plain).match(/XQZX/g)).toHaveLength(7);
    expect(parseDocument(fillDocument(template, { name: value }))).toEqual(
      JSON.parse(JSON.stringify(plain), (_, part) =>
        typeof part === "string" ? part.split("XQZX").join(value) : part,
      ),
    );
  });

  test.each(["en", "es"] as const)("of the DeepSeek directive (%s), no value changes its shape", (locale) => {
    const { text: template, variables } = readPolicyDocument("P02", locale);
    const filledWith = (value: string) =>
      parseDocument(fillDocument(template, Object.fromEntries(variables.map((name) => [name, value]))));
    const plain = JSON.stringify(filledWith("XQZX"));
    for (const value of HOSTILE) {
      expect(filledWith(value)).toEqual(
        JSON.parse(plain, (_, part) => (typeof part === "string" ? part.split("XQZX").join(value) : part)),
      );
    }
  });

  test("keeps the marks of the text itself", () => {
    const filled = fillDocument("**Not** for {{who}}, see [the list](https://example.org).", { who: "*you*" });
    expect(parseDocument(filled)).toEqual([
      paragraph(
        { kind: "strong", children: [text("Not")] },
        text(" for *you*, see "),
        { kind: "link", url: "https://example.org", children: [text("the list")] },
        text("."),
      ),
    ]);
  });

  test("gives the same text for the same values, so that its hash is the same", () => {
    const { text: template, variables } = readPolicyDocument("P02", "en");
    const values = Object.fromEntries(variables.map((name) => [name, `value of ${name}`]));
    expect(fillDocument(template, values)).toBe(fillDocument(template, { ...values, unused: "x" }));
  });

  test.each([
    ["a blank that nothing was given for", "{{a}} and {{b}}", { a: "x" }, "b"],
    ["a blank filled with nothing", "{{a}}", { a: "" }, "a"],
    ["a blank filled with white space", "{{a}}", { a: " \n\t\u00a0" }, "a"],
    ["blanks, naming each once", "{{b}} {{a}} {{b}}", {}, "a, b"],
    ["a blank whose name only objects know", "{{constructor}} {{toString}}", {}, "constructor, toString"],
    ["a blank with spaces", "{{ a }}", { a: "x" }, "{{ a }}"],
    ["a blank with a hyphen", "{{clinic-name}}", { "clinic-name": "x" }, "{{clinic-name}}"],
    ["a blank in capitals", "{{Clinic}}", { Clinic: "x" }, "{{Clinic}}"],
    ["a blank never closed", "{{a}} {{b", { a: "x", b: "y" }, "{{b"],
    ["a blank never opened", "a}} {{a}}", { a: "x" }, "}}"],
    ["an empty blank", "{{}}", { "": "x" }, "{{}}"],
  ])("is refused for %s", (_, template, variables: Record<string, string>, names) => {
    expect(refusalOf(() => fillDocument(template, variables))).toEqual({
      code: "policy.variable_missing",
      params: { names },
    });
  });

  test("finds every blank once", () => {
    expect(variablesOf("{{b}} {{a}} {{b}} {{ c }} {d}")).toEqual(["a", "b"]);
  });
});

describe("parsing a document", () => {
  test("knows headings, paragraphs, lists within lists, bold, emphasis and https links", () => {
    expect(
      parseDocument(
        "# One\n\n### *Three*\n\nA **b *c*** [d](https://example.org/e?f=g).\n\n3. x\n   - y\n\n     z\n4. <https://example.org>\n",
      ),
    ).toEqual([
      { kind: "heading", level: 1, children: [text("One")] },
      { kind: "heading", level: 3, children: [{ kind: "emphasis", children: [text("Three")] }] },
      paragraph(
        text("A "),
        { kind: "strong", children: [text("b "), { kind: "emphasis", children: [text("c")] }] },
        text(" "),
        { kind: "link", url: "https://example.org/e?f=g", children: [text("d")] },
        text("."),
      ),
      {
        kind: "list",
        ordered: true,
        start: 3,
        items: [
          [
            paragraph(text("x")),
            { kind: "list", ordered: false, start: 1, items: [[paragraph(text("y")), paragraph(text("z"))]] },
          ],
          [paragraph({ kind: "link", url: "https://example.org", children: [text("https://example.org")] })],
        ],
      },
    ] satisfies Block[]);
  });

  test.each([
    ["html", "<div>x</div>"],
    ["html", "x <b>y</b>"],
    ["html", "<!-- x -->"],
    ["code", "```\nx\n```"],
    ["code", "    x"],
    ["inlineCode", "`x`"],
    ["blockquote", "> x"],
    ["blockquote", "- > x"],
    ["heading", "#### x"],
    ["heading", "- # x"],
    ["thematicBreak", "x\n\n---"],
    ["image", "![x](https://example.org/x.png)"],
    ["break", "x  \ny"],
    ["break", "x\\\ny"],
    ["link", "[x](http://example.org)"],
    ["link", "[x](javascript:alert(1))"],
    ["link", "[x](data:text/html,y)"],
    ["link", "[x](/people)"],
    ["link", "[x](//example.org)"],
    ["link", "[x](HTTPS://example.org)"],
    ["link", "[x](https://exa&#10;mple.org)"],
    ["link", "[x](<https://exa mple.org>)"],
    ["link", "[x](https://)"],
    ["link", '[x](https://example.org "title")'],
    ["link", "<mailto:a@example.org>"],
    ["linkReference", "[x][y]\n\n[y]: https://example.org"],
    ["definition", "[y]: https://example.org"],
    ["imageReference", "![y]\n\n[y]: https://example.org"],
  ])("refuses %s: %j", (kind, markdown) => {
    expect(refusalOf(() => parseDocument(markdown))).toEqual({
      code: "policy.markup_not_allowed",
      params: { kind, line: expect.any(Number) },
    });
  });

  test("names the line", () => {
    expect(refusalOf(() => parseDocument("one\n\ntwo\n\n- three `x`"))?.params).toEqual({
      kind: "inlineCode",
      line: 5,
    });
  });

  test("takes a table for the text that it is", () => {
    expect(parseDocument("| a | b |")).toEqual([paragraph(text("| a | b |"))]);
  });

  test("answers for 20,000 paragraphs and for 200 lists within each other", () => {
    expect(parseDocument("a *b*\n\n".repeat(20_000))).toHaveLength(20_000);
    let depth = 0;
    let items: readonly ListItem[] = listOf(parseDocument(`${"- ".repeat(200)}x`)[0]);
    for (; items.length > 0; depth += 1) items = listOf(items[0]?.[0]);
    expect(depth).toBe(200);
  });
});

function listOf(block: Block | undefined): readonly ListItem[] {
  return block?.kind === "list" ? block.items : [];
}

describe("a policy file", () => {
  test("is front matter and text", () => {
    expect(splitDocument("---\na: 1\nb: --- 2\n---\n\n# Text\n\n---\n")).toEqual({
      frontMatter: "a: 1\nb: --- 2",
      text: "# Text\n\n---\n",
    });
  });

  test.each(["# Text", "", "---\na: 1", " ---\na: 1\n---\n"])("without front matter is a defect: %j", (file) => {
    expect(() => splitDocument(file)).toThrow("front matter");
  });
});
