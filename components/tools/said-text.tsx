import type { Said } from "#lib/domain/tools/schema.ts";

/** Words in the page's language, or marked as the language they were written in. */
export function SaidText({ said }: { said: Said }) {
  return <span lang={said.lang}>{said.text}</span>;
}
