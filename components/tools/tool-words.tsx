import { useTranslations } from "next-intl";

// The catalogue's own keys have words; what a clinic typed by hand is shown as typed.
function useWord(list: "modelFamily" | "category", name: string): string {
  const t = useTranslations("tools");
  const key = `${list}.${name}`;
  return /^[a-z0-9_-]+$/.test(name) && t.has(key) ? t(key) : name;
}

export function ModelFamily({ name }: { name: string }) {
  return useWord("modelFamily", name);
}

export function Category({ name }: { name: string }) {
  return useWord("category", name);
}
