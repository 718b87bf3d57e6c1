import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "#lib/platform/env.ts";

const PRIVATE_KEYS = { ledger: "ledger.ed25519", packSsh: "pack.ed25519", packP256: "pack.p256" } as const;
const OPENINGS_KEY = "openings.key";

/** The service's keys. Losing the folder loses names in the trail, never the proofs. */
export type Keys = {
  readonly openings: Uint8Array;
  readonly ledger: KeyObject;
  readonly packSsh: KeyObject;
  readonly packP256: KeyObject;
  /** Where the signer remembers what it signed last. */
  readonly signerState: string;
};

let loaded: Keys | undefined;

export function keys(): Keys {
  loaded ??= loadKeys(env().WARDBOOK_KEYS);
  return loaded;
}

/**
 * Makes all keys in an empty or missing folder. A folder that holds some of them and lacks others is refused: a new
 * openings key beside an old ledger would lose every name without a word.
 */
export function ensureKeys(folder: string): "made" | "present" {
  const names = [OPENINGS_KEY, ...Object.values(PRIVATE_KEYS)];
  const missing = names.filter((name) => !existsSync(path.join(folder, name)));
  if (missing.length === 0) return "present";
  if (missing.length < names.length) {
    throw new Error(
      `The keys folder lacks ${missing.join(", ")}. Restore the folder from its backup; new keys would not fit the old records.`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  writeSecret(path.join(folder, OPENINGS_KEY), `${randomBytes(32).toString("base64")}\n`);
  for (const [use, name] of Object.entries(PRIVATE_KEYS)) {
    const pair =
      use === "packP256" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
    writeSecret(path.join(folder, name), pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString());
  }
  mkdirSync(path.join(folder, "signer-state"), { recursive: true, mode: 0o700 });
  return "made";
}

/** Whether the folder holds any of the keys. */
export function hasKeys(folder: string): boolean {
  return [OPENINGS_KEY, ...Object.values(PRIVATE_KEYS)].some((name) => existsSync(path.join(folder, name)));
}

function loadKeys(folder: string): Keys {
  const read = (name: string) => {
    try {
      return readFileSync(path.join(folder, name), "utf8");
    } catch {
      throw new Error(`The keys folder (WARDBOOK_KEYS) has no readable ${name}; it holds ${contentsOf(folder)}.`);
    }
  };
  return {
    openings: Buffer.from(read(OPENINGS_KEY).trim(), "base64"),
    ledger: createPrivateKey(read(PRIVATE_KEYS.ledger)),
    packSsh: createPrivateKey(read(PRIVATE_KEYS.packSsh)),
    packP256: createPrivateKey(read(PRIVATE_KEYS.packP256)),
    signerState: path.join(folder, "signer-state"),
  };
}

function contentsOf(folder: string): string {
  try {
    return `${readdirSync(folder).length} files`;
  } catch {
    return "nothing";
  }
}

function writeSecret(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flag: "wx" });
}
