/** A tool that was answered, by its id and name in the register. Never what was typed. */
export type Recent = { readonly id: string; readonly name: string };

const RECENT_MAX = 5;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a browser kept, as far as it is what was put there. */
export function readRecent(kept: string | null): Recent[] {
  let value: unknown;
  try {
    value = JSON.parse(kept ?? "[]");
  } catch {
    return [];
  }
  return Array.isArray(value) ? value.filter(isRecent).slice(0, RECENT_MAX) : [];
}

function isRecent(value: unknown): value is Recent {
  if (typeof value !== "object" || value === null) return false;
  const { id, name } = value as Partial<Recent>;
  return typeof id === "string" && ID.test(id) && typeof name === "string" && name !== "" && name.length <= 300;
}

/** The newest first, each tool once, as text to keep. */
export function addRecent(kept: string | null, { id, name }: Recent): string {
  const others = readRecent(kept).filter((recent) => recent.id !== id);
  return JSON.stringify([{ id, name }, ...others].slice(0, RECENT_MAX));
}
