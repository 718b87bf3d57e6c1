export const IMPORT_KINDS = ["tools", "vendors", "baas"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];
