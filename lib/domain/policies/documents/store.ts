import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Locale } from "#lib/domain/context.ts";
import { splitDocument } from "#lib/domain/policies/documents/rules.ts";
import { type PolicyCode, PolicyDocument } from "#lib/domain/policies/documents/schema.ts";
import { contentFolder } from "#lib/platform/content/read-content.ts";

const documents = new Map<string, PolicyDocument & { readonly text: string }>();

/** A policy document with its text, blanks still open; read once a process. */
export function readPolicyDocument(code: PolicyCode, locale: Locale): PolicyDocument & { readonly text: string } {
  const name = locale === "en" ? `${code}.md` : `${code}.${locale}.md`;
  let document = documents.get(name);
  if (document === undefined) {
    const { frontMatter, text } = splitDocument(readFileSync(path.join(contentFolder(), "policies", name), "utf8"));
    document = { ...PolicyDocument.parse(parse(frontMatter)), text };
    documents.set(name, document);
  }
  return document;
}
