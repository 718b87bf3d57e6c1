// A newer catalogue entry is offered field by field and never applied by itself.

export const UPDATED_FIELDS = [
  "modelFamily",
  "category",
  "jurisdiction",
  "baa",
  "trainsOnInputs",
  "dataResidency",
  "retention",
  "recommendation",
  "conditions",
  "why",
  "notes",
  "sources",
  "hostnames",
] as const;
export type UpdatedField = (typeof UPDATED_FIELDS)[number];
