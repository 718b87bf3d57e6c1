/** Names as one reads them aloud in the language: "Ana, Ben, or Cy". */
export function anyOf(names: readonly string[], locale: string): string {
  return new Intl.ListFormat(locale, { type: "disjunction" }).format(names);
}
