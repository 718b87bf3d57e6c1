import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { PICTURES } from "#scripts/pictures.ts";

const FOLDER = "docs/guide";
const PICTURES_MAX = 3;
const guides = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));

type Messages = { [key: string]: string | Messages };

const said = readdirSync("messages/en").flatMap((file) =>
  texts(JSON.parse(readFileSync(`messages/en/${file}`, "utf8"))).map(shown),
);
const labels: ReadonlySet<string> = new Set(said);

function texts(messages: Messages): string[] {
  return Object.values(messages).flatMap((value) => (typeof value === "string" ? [value] : texts(value)));
}

/** A message as a guide writes it: what differs each time is "…", and of several forms the last one counts. */
function shown(message: string): string {
  return wordsOf(parse(message));
}

function wordsOf(elements: readonly MessageFormatElement[]): string {
  return elements.map(wordOf).join("");
}

function wordOf(element: MessageFormatElement): string {
  switch (element.type) {
    case TYPE.literal:
      return element.value;
    case TYPE.tag:
      return wordsOf(element.children);
    case TYPE.plural:
    case TYPE.select:
      return wordsOf(element.options.other?.value ?? []);
    default:
      return "…";
  }
}

const textOf = (guide: string) => readFileSync(path.join(FOLDER, guide), "utf8");

/** Without commands, on one line: a label may be broken between two lines. */
function proseOf(guide: string): string {
  return textOf(guide)
    .replace(/^ *```[\s\S]*?^ *```/gm, "")
    .replace(/`[^`]*`/g, "")
    .replace(/\s+/g, " ");
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group]) => group ?? "");
}

const linksOf = (guide: string) => found(textOf(guide), /(?<!!)\[[^\]]+\]\(([^)]+)\)/g);
const picturesOf = (guide: string) => [...textOf(guide).matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];

/** The names by which GitHub lets a heading be linked. */
function anchorsOf(file: string): string[] {
  return found(readFileSync(file, "utf8"), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function isDeadLink(guide: string, link: string): boolean {
  if (/^https?:/.test(link)) return false;
  const [address = "", anchor] = link.split("#");
  const file = address === "" ? path.join(FOLDER, guide) : path.join(FOLDER, address);
  return !existsSync(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
}

describe.each(guides)("%s", (guide) => {
  test("calls nothing by a label that the product doesn't have", () => {
    const bold = found(proseOf(guide), /\*\*(.+?)\*\*/g);
    expect(bold.length).toBeGreaterThan(3);
    expect(bold.filter((phrase) => !labels.has(phrase))).toEqual([]);
  });

  test("quotes nothing that the product doesn't say", () => {
    const quoted = found(proseOf(guide), /“(.+?)”/g);
    expect(quoted.filter((phrase) => !said.some((message) => message.includes(phrase)))).toEqual([]);
  });

  test("has no dead link", () => {
    expect(linksOf(guide).filter((link) => isDeadLink(guide, link))).toEqual([]);
  });

  test(`shows at most ${PICTURES_MAX} pictures, each one that is taken, and says what each shows`, () => {
    const shownHere = picturesOf(guide);
    const taken = PICTURES.map(({ name }) => `../pictures/${name}.png`);
    expect(shownHere.length).toBeLessThanOrEqual(PICTURES_MAX);
    expect(shownHere.map(([, , address]) => address).filter((address = "") => !taken.includes(address))).toEqual([]);
    expect(shownHere.filter(([, words = ""]) => words.length < 20)).toEqual([]);
  });
});

test("the index leads to every guide, and README to the index", () => {
  const others = guides.filter((guide) => guide !== "README.md");
  expect(others.length).toBeGreaterThan(4);
  expect(others.filter((guide) => !linksOf("README.md").includes(guide))).toEqual([]);
  expect(readFileSync("README.md", "utf8")).toContain("(docs/guide/README.md)");
});

test("each list of tasks at the top of a guide names every task below it", () => {
  for (const guide of guides.filter((name) => name !== "README.md")) {
    const tasks = found(textOf(guide), /^## (.+)$/gm);
    const listed = found(textOf(guide), /^- \[([^\]]+)\]\(#[^)]+\)$/gm);
    expect(listed, guide).toEqual(tasks);
  }
});
