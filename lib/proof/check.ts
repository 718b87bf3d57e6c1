import { Malformed } from "#lib/proof/malformed.ts";

/** What was found when one thing was looked at. `unknown` marks the one question a pack can't answer by itself: whose key it is. */
export type Check = { readonly id: CheckId; readonly ok: boolean; readonly unknown?: true; readonly detail: string };

/** Every check, in the order in which they are made and shown. `SPEC.txt` describes each under this name. */
export const CHECK_IDS = [
  "paths",
  "bag",
  "payload",
  "tag_files",
  "ssh_signature",
  "p256_signature",
  "keys",
  "signer",
  "sequence",
  "leaves",
  "chain",
  "time",
  "checkpoint",
  "bodies",
  "events_csv",
  "disclosures",
  "bound_files",
  "tables",
  "index",
  "proofs",
  "other_checkpoints",
] as const;

export type CheckId = (typeof CHECK_IDS)[number];

/** A contradiction found in a pack, in words, with the event it stands at when it stands at one. */
export class Contradiction extends Error {
  readonly seq: number | undefined;

  constructor(message: string, seq?: number) {
    super(message);
    this.name = "Contradiction";
    this.seq = seq;
  }
}

export type CheckResult = { readonly check: Check; readonly badSeq?: number };

/** Runs one check: the detail it returns, or what was wrong when it threw Malformed or Contradiction. Other errors are defects and pass through. */
export function runCheck(id: CheckId, look: () => string): CheckResult {
  try {
    return { check: { id, ok: true, detail: look() } };
  } catch (error) {
    if (error instanceof Contradiction) {
      const check = { id, ok: false, detail: error.message };
      return error.seq === undefined ? { check } : { check, badSeq: error.seq };
    }
    if (error instanceof Malformed) return { check: { id, ok: false, detail: error.message } };
    throw error;
  }
}
