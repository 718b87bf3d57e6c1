import { z } from "zod";

// Cc but TAB and LF; zero-width and bidirectional controls, which make two different texts look the same.
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g;

// Joiners, fillers and selectors have their place beside letters; by themselves they show nothing.
const BLANK = /^[\p{Default_Ignorable_Code_Point}\s\u2800]*$/u;

function clean(text: string): string {
  const cleaned = text.toWellFormed().normalize("NFC").replace(/\r\n?/g, "\n").replace(INVISIBLE, "").trim();
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
