import { translator } from "#lib/platform/i18n/messages.ts";
import type { PdfRequest } from "#lib/platform/pdf/render.ts";
import words from "#messages/en/pack.json" with { type: "json" };

const ORIGIN = "wardbook.example.com/c/8f3a2c41d09b/1";
const P256 = "5f1d3c0b9a8e7f6d5c4b3a29181706f5e4d3c2b1a0918273645546372819a0bc";
const LOG = `${ORIGIN}+3c9a1f20+AbJ1lP0yq3wYl5s7vTn2mQ8dKxZr6uHcEoGfBiNjLp4=`;
const ROOT = "9b1c5e07d2a84f3366b0c1d9e8f7a6b5c4d3e2f1009182736455463728190a1b";

export type Item = {
  item: number;
  rule: "security" | "privacy" | "breach";
  citation: string;
  title: string;
  status: "answered" | "partly" | "none";
  files: string[];
  events: number;
};

export type SoleDecision = { on: string; decision: string; subject: string; by: string; event: number };

export type Contents = {
  clinic: string;
  items: Item[];
  soleDecisions: SoleDecision[];
  counts: { label: string; value: number }[];
  checkpoint: string[];
  createdAt: string;
};

const ordinary: Contents = {
  clinic: "Harbor Family Medicine",
  items: [],
  soleDecisions: [],
  counts: [
    { label: "Tools in the register", value: 23 },
    { label: "Business associate agreements", value: 9 },
    { label: "Signed policies", value: 214 },
    { label: "Incidents", value: 2 },
  ],
  checkpoint: [
    ORIGIN,
    "4213",
    "mxxeB9KoTzNmsMHZ6PemtcTT4vEAkYJzZFVGNygZChs=",
    "",
    `— ${ORIGIN} PJofIKb0sFq1c2d3e4f5A6b7C8d9E0f1G2h3I4j5K6l7M8n9O0p1Q2r3S4t5U6v7W8x9Y0z1A2b3C4d5E6f7G8h9I0j1K2l3M4n5Ow==`,
  ],
  createdAt: "2026-11-22T15:09:40.941Z",
};

/** A request for START-HERE.pdf as the evidence domain makes one. */
export function startHere(changes: Partial<Contents> = {}): PdfRequest {
  const contents = { ...ordinary, ...changes };
  return {
    template: "start-here",
    title: words.title,
    locale: "en",
    data: {
      ...contents,
      words: wordsFor(contents),
      mark: `${ORIGIN}@4213`,
      slug: "harbor-family",
      moment: "22 Nov 2026, end of day (America/Chicago)",
      period: "1 Jan 2026 to 22 Nov 2026",
      madeAt: "22 Nov 2026, 9:09 AM CST",
      evidencePage: "https://wardbook.example.com/c/harbor-family/evidence",
      ledger: { origin: ORIGIN, size: 4213, root: ROOT },
      keys: {
        ssh: "SHA256:Yk3pLxQ0vB7n2mW9sT4uRzC8dEfGhIjKlMnOpQrStUv",
        p256: P256,
        log: LOG,
        principal: "evidence@wardbook.example.com",
      },
      soleDecisionsFile: "data/tables/sole-decisions.csv",
    },
  };
}

function wordsFor({ clinic, items }: Contents): Record<string, string> {
  const translate = translator("en", "pack");
  const own = ["page", "pages", "count", "shown", "total", "file"].map((name) => [name, `{${name}}`]);
  const known = {
    clinic,
    asOf: "22 Nov 2026",
    from: "1 Jan 2026",
    to: "22 Nov 2026",
    size: 4213,
    items: items.length,
  };
  const values = { ...Object.fromEntries(own), ...known };
  return Object.fromEntries(Object.keys(words).map((key) => [key, translate(key, values)]));
}
