import { z } from "zod";

// Letters and marks that a joiner may shape: of any script but those in which it shows nothing. What has case joins nothing,
// save Adlam; marks that any script borrows don't say whose they are.
const UNJOINED = String.raw`\p{Ideographic}\p{scx=Bopo}\p{scx=Cans}\p{scx=Cher}\p{scx=Ethi}\p{scx=Geor}\p{scx=Hang}\p{scx=Hebr}\p{scx=Hira}\p{scx=Kana}\p{scx=Laoo}\p{scx=Latn}\p{scx=Thai}\p{scx=Yiii}\p{scx=Zinh}\p{scx=Zyyy}`;
const JOINING = String.raw`(?![${UNJOINED}])[\p{Lo}\p{Lm}\p{M}\p{scx=Adlm}]`;
// A sign that takes a letter's vowel away is a mark that stands for no sound of its own.
const VIRAMA = String.raw`(?=\p{M})(?!\p{Alphabetic})(?=\p{Diacritic})${JOINING}`;

// What shows nothing by itself and yet has its place: a joiner within a word or an emoji, a form at the end of an Indic one,
// a selector after what it varies, the tags of a flag. Each is looked for by its own character first, and a flag from its
// beginning on: texts are long.
const IN_PLACE = [
  String.raw`\p{Join_Control}(?<=${JOINING}\p{Join_Control})(?=\p{Join_Control}*${JOINING})`,
  String.raw`\u180E(?<=\p{scx=Mong}\u180E)(?=\p{scx=Mong})`,
  String.raw`\u200D(?<=${VIRAMA}\u200D)`,
  String.raw`\u200D(?<=\p{Extended_Pictographic}[\uFE0F\p{Emoji_Modifier}]?\u200D)(?=\p{Extended_Pictographic})`,
  String.raw`[\uFE0E\uFE0F](?<=(?![0-9#*])\p{Emoji}[\uFE0E\uFE0F])`,
  String.raw`\uFE0F(?<=[0-9#*]\uFE0F)(?=\u20E3)`,
  String.raw`[\uFE00-\uFE02\u{E0100}-\u{E01EF}](?<=[\p{Ideographic}\p{scx=Mymr}].)`,
  String.raw`[\u180B-\u180D\u180F](?<=\p{scx=Mong}.)`,
  String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}`,
];

// Beside them all that makes two different texts look the same, and the controls but TAB and LF.
const INVISIBLE = new RegExp(
  String.raw`(${IN_PLACE.join("|")})|[\p{Default_Ignorable_Code_Point}\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFF9-\uFFFB]`,
  "gu",
);

// An empty Braille cell is a character like others, and shows nothing.
const BLANK = /^[\s\u2800]*$/;

/** Without what no reader sees and no script needs. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, "$1");
}

/** Whether a text would lose something that way: line ends of another system are none. */
export function hasInvisible(text: string): boolean {
  const lined = text.replace(/\r\n?/g, "\n");
  return withoutInvisible(lined) !== lined;
}

// Composed last: an accent may have stood apart from its letter only by what nobody sees.
function clean(text: string): string {
  const cleaned = withoutInvisible(text.toWellFormed().replace(/\r\n?/g, "\n")).normalize("NFC").trim();
  return BLANK.test(cleaned) ? "" : cleaned;
}

// Counted one by one: a list of the characters of a text of 20 MB would take a hundred times its size.
function lengthOf(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) length += 1;
  return length;
}

// Length is checked after cleaning, in what a person would count as characters.
function withinLength(max: number) {
  return z.string().superRefine((text, ctx) => {
    const length = lengthOf(text);
    if (length > max) ctx.addIssue({ code: "custom", message: "too_long", params: { max, length } });
  });
}

/** One line typed by a person: trimmed, NFC, without invisible characters; 1 to `max` characters. */
export function line(max: number) {
  return z
    .string({ error: "required" })
    .transform((text) => clean(text).replace(/\s+/g, " "))
    .pipe(withinLength(max).min(1, { error: "required" }));
}

export function optionalLine(max: number) {
  return z
    .string()
    .default("")
    .transform((text) => clean(text).replace(/\s+/g, " "))
    .pipe(withinLength(max));
}

/** What was typed into a search box: cleaned like a line, and cut rather than refused. */
export function searchLine(max: number) {
  return z
    .string()
    .default("")
    .transform((text) => clean(text.slice(0, max * 4)).replace(/\s+/g, " "))
    .transform((text) => [...text].slice(0, max).join("").trim());
}

/** Text of several lines typed by a person. */
export function paragraph(max: number) {
  return z
    .string({ error: "required" })
    .transform(clean)
    .pipe(withinLength(max).min(1, { error: "required" }));
}

export function optionalParagraph(max: number) {
  return z.string().default("").transform(clean).pipe(withinLength(max));
}

/** Lines of a text area as a list, empty lines dropped. */
export function lines(options: { max: number; each: number }) {
  return z
    .union([z.string(), z.array(z.string())])
    .default("")
    .transform((value) => (typeof value === "string" ? clean(value).split("\n") : value.map(clean)))
    .transform((items) => items.map((item) => item.replace(/\s+/g, " ").trim()).filter((item) => !BLANK.test(item)))
    .pipe(
      z.array(withinLength(options.each)).superRefine((items, ctx) => {
        if (items.length > options.max)
          ctx.addIssue({ code: "custom", message: "too_many", params: { max: options.max } });
      }),
    );
}

/** Folded for comparing and searching: case, accents, width, punctuation and what can't be seen don't count. */
export function foldForSearch(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
