import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "#lib/proof/hash.ts";
import { failed, verifyWithBoth } from "#tests/support/both-verifiers.ts";
import {
  clinicStory,
  edited,
  type Files,
  fingerprints,
  newSigningKeys,
  POLICY_FILE,
  packOf,
  resealed,
  textOf,
} from "#tests/support/synthetic-pack.ts";

// What someone can do who has the pack and none of the keys.

const keys = newSigningKeys();
const trust = { keys: [fingerprints(keys).ssh] };
const pack = packOf(clinicStory(), keys);
const policy = `data/${POLICY_FILE}`;
const roster = "data/03-training/roster.txt";

function without(files: Files, path: string): Files {
  return new Map([...files].filter(([other]) => other !== path));
}

function withFile(files: Files, path: string, text: string): Files {
  return new Map(files).set(path, Buffer.from(text));
}

function withChangedByte(files: Files, path: string): Files {
  const bytes = Buffer.from(files.get(path) ?? []);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return new Map(files).set(path, bytes);
}

async function failures(files: Files): Promise<string[]> {
  const verification = await verifyWithBoth(files, trust);
  expect(verification.verdict).toBe("invalid");
  return failed(verification);
}

describe("whoever holds no key", () => {
  test("can't change one byte of a document unnoticed", async () => {
    expect(await failures(withChangedByte(pack, roster))).toEqual(["payload"]);
  });

  test("can't change one byte of START-HERE.pdf unnoticed", async () => {
    expect(await failures(withChangedByte(pack, "START-HERE.pdf"))).toEqual(["tag_files"]);
  });

  test.each([...pack.keys()])("can't change one byte of %s unnoticed", async (path) => {
    expect(await failures(withChangedByte(pack, path))).not.toEqual([]);
  });

  test.each([...pack.keys()])("can't leave out %s unnoticed", async (path) => {
    const verification = await verifyWithBoth(without(pack, path), trust);
    expect(verification.verdict).toBe("invalid");
    expect(verification.checks.map(({ detail }) => detail).join("\n")).toContain(`${path}`);
  });

  test("can't add a file under data/ unnoticed", async () => {
    expect(await failures(withFile(pack, "data/03-training/extra.txt", "me too"))).toEqual(["bag", "payload"]);
  });

  test("can't add a file beside data/ unnoticed", async () => {
    expect(await failures(withFile(pack, "READ-ME-FIRST.txt", "trust me"))).toEqual(["tag_files"]);
  });

  test("can't add a file under signatures/ unnoticed", async () => {
    expect(await failures(withFile(pack, "signatures/note.txt", "trust me"))).toEqual(["tag_files"]);
  });

  test("can't swap two documents unnoticed", async () => {
    const swapped = withFile(withFile(pack, policy, textOf(pack, roster)), roster, textOf(pack, policy));
    expect(await failures(swapped)).toEqual(["payload", "bound_files"]);
  });

  test("can't recompute the manifests without the key", async () => {
    const changed = withFile(pack, roster, "everyone but one\n");
    const bagInfo = edited(changed, "bag-info.txt", (text) =>
      text.replace(/Oxum: ([0-9]+)/, (_, bytes) => `Oxum: ${Number(bytes) + 8}`),
    );
    const manifest = edited(bagInfo, "manifest-sha256.txt", (text) => replaceHash(text, roster, bagInfo));
    const tags = ["bag-info.txt", "manifest-sha256.txt"];
    const recomputed = edited(manifest, "tagmanifest-sha256.txt", (text) =>
      tags.reduce((sum, tag) => replaceHash(sum, tag, manifest), text),
    );
    expect(await failures(recomputed)).toEqual(["ssh_signature", "p256_signature"]);
  });

  test("can't take the signatures of another pack of the same clinic", async () => {
    const other = packOf(clinicStory().slice(0, 40), keys);
    const signature = "signatures/tagmanifest-sha256.txt.sig";
    expect(await failures(withFile(pack, signature, textOf(other, signature)))).toEqual(["ssh_signature"]);
  });
});

describe("an attacker's own keys put into data/keys/", () => {
  const attacker = newSigningKeys();
  const forged = packOf(
    clinicStory().map((event) => ({ ...event, member: "m-0" })),
    attacker,
  );

  test("make a consistent pack of an unknown signer, which is all one can say without a fingerprint", async () => {
    expect((await verifyWithBoth(forged)).verdict).toBe("consistent_signer_unknown");
  });

  test.each(["ssh", "p256", "log"] as const)("are found out by the %s fingerprint got elsewhere", async (kind) => {
    const verification = await verifyWithBoth(forged, { keys: [fingerprints(keys)[kind]] });
    expect(verification.verdict).toBe("invalid");
    expect(failed(verification)).toEqual(["signer"]);
  });

  test("are found out by a bare hex fingerprint got elsewhere", async () => {
    const verification = await verifyWithBoth(forged, { keys: [fingerprints(keys).p256.slice("p256:".length)] });
    expect(failed(verification)).toEqual(["signer"]);
  });

  test("do not slip in as one file of data/keys/", async () => {
    for (const path of ["data/keys/log.pem", "data/keys/pack-ed25519.pub", "data/keys/keys.json"]) {
      const mixed = resealed(withFile(pack, path, textOf(forged, path)), keys);
      expect(await failures(mixed)).toEqual(["keys"]);
    }
  });
});

describe("a bag that two readers could read in two ways is refused:", () => {
  const manifest = "manifest-sha256.txt";

  test("a manifest that leads out of its folder", async () => {
    const line = `${"0".repeat(64)}  data/../../outside.txt\n`;
    expect(await failures(edited(pack, manifest, (text) => text + line))).toContain("payload");
  });

  test("a manifest with an absolute path", async () => {
    const line = `${"0".repeat(64)}  /etc/hosts\n`;
    expect(await failures(edited(pack, manifest, (text) => text + line))).toContain("payload");
  });

  test("a manifest that lists a file twice", async () => {
    expect(await failures(edited(pack, manifest, (text) => text + text.slice(0, text.indexOf("\n") + 1)))).toContain(
      "payload",
    );
  });

  test("a manifest that is not sorted", async () => {
    expect(
      await failures(edited(pack, manifest, (text) => text.split("\n").slice(0, -1).reverse().concat("").join("\n"))),
    ).toContain("payload");
  });

  test("names that differ only in case", async () => {
    expect(await failures(withFile(pack, roster.toUpperCase().replace("DATA/", "data/"), "x"))).toContain("paths");
  });

  test("names with characters outside A-Z a-z 0-9 . _ - /", async () => {
    for (const name of ["data/a b.txt", "data/é.txt", "data/a\\b.txt"]) {
      const verification = await verifyWithoutZip(withFile(pack, name, "x"));
      expect(verification).toContain("paths");
    }
  });

  test("paths longer than 150 characters", async () => {
    expect(await failures(withFile(pack, `data/${"a".repeat(146)}`, "x"))).toContain("paths");
  });

  test("Windows line ends in a manifest", async () => {
    expect(await failures(edited(pack, manifest, (text) => text.replaceAll("\n", "\r\n")))).toContain("payload");
  });

  test("a byte order mark before bagit.txt", async () => {
    expect(await failures(edited(pack, "bagit.txt", (text) => `\uFEFF${text}`))).toContain("bag");
  });
});

function replaceHash(manifest: string, path: string, files: Files): string {
  return manifest
    .split("\n")
    .map((line) => (line.endsWith(`  ${path}`) ? `${sha256Hex(files.get(path) ?? Buffer.alloc(0))}  ${path}` : line))
    .join("\n");
}

async function verifyWithoutZip(files: Files): Promise<string[]> {
  const { verifyPack } = await import("#lib/proof/verify-pack.ts");
  return failed(verifyPack(files, trust));
}
