import type { ProtocolItem } from "#lib/domain/evidence/schema.ts";

/** The places of the product that say why OCR asks for what is kept there, with the numbers of the protocol's items. */
export const ASKED_ABOUT = {
  register: [6, 47],
  vendors: [23, 41],
  baas: [23, 24, 36],
  people: [11, 14, 28],
  officers: [10, 45],
  offboarding: [13],
  policies: [1, 37, 39],
  signatures: [17, 39],
  ledger: [32, 33],
  evidence: [37, 38, 53],
  outbox: [17],
  settings: [30, 34],
} as const satisfies Record<string, readonly number[]>;

export type AskedAbout = keyof typeof ASKED_ABOUT;

/** What a place answers to, as the protocol has it. */
export type Asked = {
  readonly items: ReadonlyArray<Pick<ProtocolItem, "item" | "title" | "citation">>;
  /** When the oldest of them was last held against its source. */
  readonly asOf: string;
};
