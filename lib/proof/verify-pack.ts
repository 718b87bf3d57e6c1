import { type Check, type CheckId, type CheckResult, runCheck } from "#lib/proof/check.ts";
import {
  checkBag,
  checkKeys,
  checkP256Signature,
  checkPaths,
  checkPayload,
  checkSshSignature,
  checkTagFiles,
} from "#lib/proof/check-bag.ts";
import {
  checkBoundFiles,
  checkDisclosures,
  checkEventsCsv,
  checkIndex,
  checkTables,
} from "#lib/proof/check-content.ts";
import {
  checkBodies,
  checkChain,
  checkCheckpoint,
  checkLeaves,
  checkOtherCheckpoints,
  checkProofs,
  checkSequence,
  checkTime,
} from "#lib/proof/check-log.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { fingerprintsOf, type PackFingerprints } from "#lib/proof/pack-keys.ts";
import { type PackReading, readPack } from "#lib/proof/pack-reading.ts";
import { judgeSigner } from "#lib/proof/trust.ts";

/**
 * `valid`: every check passed and the signer is a key that was trusted beforehand. `consistent_signer_unknown`: every
 * check passed, but anyone could have made the pack with keys of their own. `invalid`: a check failed.
 */
export type Verdict = "valid" | "consistent_signer_unknown" | "invalid";

export type Verification = {
  readonly verdict: Verdict;
  /** One for each of `CHECK_IDS`, in that order. */
  readonly checks: readonly Check[];
  /** The earliest event at which a check found something wrong, when one stands at an event. */
  readonly firstBadSeq?: number;
  /** The keys the pack shows; absent when its key files can't be read. */
  readonly fingerprints?: PackFingerprints;
};

export type Trust = {
  /** Fingerprints got elsewhere: `SHA256:…`, `p256:<hex>`, `log:<hex>`, or 64 hex characters. */
  readonly keys?: readonly string[];
  /** Texts of checkpoints or `.tlog-proof` receipts got elsewhere. */
  readonly otherCheckpoints?: readonly string[];
};

const CHECKS: ReadonlyArray<readonly [CheckId, (pack: PackReading) => string]> = [
  ["paths", checkPaths],
  ["bag", checkBag],
  ["payload", checkPayload],
  ["tag_files", checkTagFiles],
  ["ssh_signature", checkSshSignature],
  ["p256_signature", checkP256Signature],
  ["keys", checkKeys],
];

const LATER_CHECKS: typeof CHECKS = [
  ["sequence", checkSequence],
  ["leaves", checkLeaves],
  ["chain", checkChain],
  ["time", checkTime],
  ["checkpoint", checkCheckpoint],
  ["bodies", checkBodies],
  ["events_csv", checkEventsCsv],
  ["disclosures", checkDisclosures],
  ["bound_files", checkBoundFiles],
  ["tables", checkTables],
  ["index", checkIndex],
  ["proofs", checkProofs],
];

/** Makes every check of `SPEC.txt` on the files of an extracted pack, by path from the bag's root. Reads nothing else, asks nobody. */
export function verifyPack(files: ReadonlyMap<string, Uint8Array>, trust: Trust = {}): Verification {
  const pack = readPack(files);
  const results = [
    ...CHECKS.map(([id, look]) => runCheck(id, () => look(pack))),
    signerCheck(pack, trust.keys ?? []),
    ...LATER_CHECKS.map(([id, look]) => runCheck(id, () => look(pack))),
    runCheck("other_checkpoints", () => checkOtherCheckpoints(pack, trust.otherCheckpoints ?? [])),
  ];
  const checks = results.map(({ check }) => check);
  const badSeqs = results.flatMap(({ badSeq }) => (badSeq === undefined ? [] : [badSeq]));
  const fingerprints = fingerprintsIn(pack);
  return {
    verdict: verdictOf(checks),
    checks,
    ...(badSeqs.length > 0 && { firstBadSeq: Math.min(...badSeqs) }),
    ...(fingerprints !== null && { fingerprints }),
  };
}

function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some(({ ok, unknown }) => !ok && unknown !== true)) return "invalid";
  return checks.some(({ unknown }) => unknown === true) ? "consistent_signer_unknown" : "valid";
}

function signerCheck(pack: PackReading, trusted: readonly string[]): CheckResult {
  const fingerprints = fingerprintsIn(pack);
  if (fingerprints === null)
    return { check: { id: "signer", ok: false, detail: "the keys in data/keys/ can't be read" } };
  const { outcome, detail } = judgeSigner(fingerprints, trusted);
  const check: Check = { id: "signer", ok: outcome === "known", detail };
  return { check: outcome === "unknown" ? { ...check, unknown: true } : check };
}

function fingerprintsIn(pack: PackReading): PackFingerprints | null {
  try {
    return fingerprintsOf(pack.keys());
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}
