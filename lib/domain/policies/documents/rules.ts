import { fromMarkdown } from "mdast-util-from-markdown";
import type { Block, Heading, Inline, List, Paragraph } from "#lib/domain/policies/documents/schema.ts";
import { type Refusal, refuse } from "#lib/kernel/errors.ts";

type Node = ReturnType<typeof fromMarkdown>["children"][number];
type NodeOf<Type extends Node["type"]> = Extract<Node, { type: Type }>;

const BLANK = /\{\{([a-z][A-Za-z0-9]*)\}\}/g;

/** A policy file as its two parts. */
export function splitDocument(file: string): { frontMatter: string; text: string } {
  const match = /^---\n([\s\S]*?)\n---\n+([\s\S]*)$/.exec(file);
  if (match === null) throw new Error("a policy document begins with front matter between two lines of ---");
  return { frontMatter: match[1] ?? "", text: match[2] ?? "" };
}

/** The names of the blanks in a text, each once, sorted. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(BLANK)].map(([, name]) => name ?? ""))].sort();
}

/**
 * The text with its blanks filled in. What is filled in reads exactly as it was given, whatever marks or line breaks it
 * holds, and blanks within it stay as they are. A text with a blank left open is refused.
 */
export function fillDocument(text: string, variables: Readonly<Record<string, string>>): string {
  const given = (name: string) => (Object.hasOwn(variables, name) ? (variables[name] ?? "") : "");
  const open = variablesOf(text).filter((name) => given(name).trim() === "");
  const misspelt = text.replace(BLANK, " ").match(/\{\{[^{}]*(\}\})?|\}\}/g) ?? [];
  if (open.length + misspelt.length > 0) {
    throw refuse("policy.variable_missing", { names: [...open, ...misspelt].join(", ") });
  }
  return text.replace(BLANK, (_, name: string) => literally(given(name)));
}

// Punctuation behind a backslash means itself; white space as a character reference neither ends a line nor indents one.
function literally(value: string): string {
  return value.replace(/[!-/:-@[-`{-~]/g, "\\$&").replace(/[^\S \v\f]|^ | $/g, (space) => `&#${space.codePointAt(0)};`);
}

/** The document behind a text, which may hold headings, paragraphs, lists, bold, emphasis and https links, and nothing else. */
export function parseDocument(text: string): readonly Block[] {
  return fromMarkdown(text).children.map((node) => {
    if (node.type === "heading") return heading(node);
    if (node.type === "paragraph") return paragraph(node);
    if (node.type === "list") return list(node);
    throw notAllowed(node);
  });
}

function heading(node: NodeOf<"heading">): Heading {
  if (node.depth > 3) throw notAllowed(node);
  return { kind: "heading", level: node.depth as 1 | 2 | 3, children: node.children.map(inline) };
}

function paragraph(node: NodeOf<"paragraph">): Paragraph {
  return { kind: "paragraph", children: node.children.map(inline) };
}

function list(node: NodeOf<"list">): List {
  return {
    kind: "list",
    ordered: node.ordered === true,
    start: node.start ?? 1,
    items: node.children.map((item) =>
      item.children.map((child) => {
        if (child.type === "paragraph") return paragraph(child);
        if (child.type === "list") return list(child);
        throw notAllowed(child);
      }),
    ),
  };
}

function inline(node: NodeOf<"paragraph">["children"][number]): Inline {
  if (node.type === "text") return { kind: "text", text: node.value };
  if (node.type === "strong" || node.type === "emphasis")
    return { kind: node.type, children: node.children.map(inline) };
  if (node.type === "link" && isHttps(node.url) && !node.title) {
    return { kind: "link", url: node.url, children: node.children.map(inline) };
  }
  throw notAllowed(node);
}

function isHttps(url: string): boolean {
  return /^https:\/\/[^\s]+$/.test(url) && URL.canParse(url);
}

function notAllowed(node: Node): Refusal {
  return refuse("policy.markup_not_allowed", { kind: node.type, line: node.position?.start.line ?? 0 });
}
