import { useTranslations } from "next-intl";
import type { Words } from "#components/data-table/columns.ts";

/** The catalogue's own keys have words; what a clinic typed by hand is said as typed. */
export function toolWord(t: Words, list: "modelFamily" | "category", name: string): string {
  const key = `${list}.${name}`;
  return /^[a-z0-9_-]+$/.test(name) && t.has(key) ? t(key) : name;
}

export function ModelFamily({ name }: { name: string }) {
  return toolWord(useTranslations("tools"), "modelFamily", name);
}

export function Category({ name }: { name: string }) {
  return toolWord(useTranslations("tools"), "category", name);
}
