import { Buffer } from "node:buffer";
import { spawnSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ed25519PublicBytes, ed25519PublicPem } from "#lib/proof/ed25519.ts";
import { Malformed } from "#lib/proof/malformed.ts";
import { encodeNoteKey, noteKeyOf } from "#lib/proof/note.ts";
import { p256Fingerprint, p256PublicPem, p256Verifies, parseP256PublicPem, signP256 } from "#lib/proof/p256.ts";
import {
  allowedSignersLine,
  parseAllowedSignersLine,
  parseSshPublicKeyLine,
  parseSshSignature,
  signSsh,
  sshFingerprint,
  sshPublicKeyLine,
  sshVerifies,
} from "#lib/proof/sshsig.ts";
import { trustedFingerprints } from "#lib/proof/trust.ts";
import { HAS_PYTHON, runWithVerifyPy } from "#tests/support/both-verifiers.ts";
import { fingerprints, newSigningKeys } from "#tests/support/synthetic-pack.ts";

const hasSshKeygen = spawnSync("ssh-keygen", ["-Q", "key"]).error === undefined;
const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
if (!hasSshKeygen) console.warn("ssh-keygen is not installed: signatures are not held against it here");
if (!hasOpenssl) console.warn("openssl is not installed: signatures are not held against it here");

const message = Buffer.from("the tag manifest\n");
const ed = generateKeyPairSync("ed25519");
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicBytes = ed25519PublicBytes(ed.publicKey);
const principal = "evidence@wardbook.example";

function folderWith(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "wardbook-signatures-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content, { mode: 0o600 });
  return folder;
}

describe("an SSH signature", () => {
  const armored = signSsh(message, ed.privateKey);

  test("verifies, and not for another message, key or purpose", () => {
    expect(sshVerifies(message, armored, publicBytes)).toBe(true);
    expect(sshVerifies(Buffer.from("another"), armored, publicBytes)).toBe(false);
    expect(sshVerifies(message, armored, ed25519PublicBytes(generateKeyPairSync("ed25519").publicKey))).toBe(false);
    expect(() => sshVerifies(message, signSsh(message, ed.privateKey, "git"), publicBytes)).toThrow(Malformed);
  });

  test.each([
    ["without its last line feed", (text: string) => text.slice(0, -1)],
    ["with lines of another length", (text: string) => text.replace(/\n(.{60})(.{10})\n/, "\n$1\n$2\n")],
    ["with text before it", (text: string) => `\n${text}`],
    ["cut short", (text: string) => text.replace(/\n.{70}\n/, "\n")],
  ])("is refused %s", (_, edit) => {
    expect(() => parseSshSignature(edit(armored))).toThrow(Malformed);
  });

  test("key line, allowed_signers line and their parsers agree", () => {
    expect(parseSshPublicKeyLine(`${sshPublicKeyLine(publicBytes)} a comment`).equals(publicBytes)).toBe(true);
    expect(parseAllowedSignersLine(allowedSignersLine(principal, publicBytes))).toEqual({ principal, publicBytes });
    expect(() => parseAllowedSignersLine(`${allowedSignersLine(principal, publicBytes)} comment`)).toThrow(Malformed);
    expect(() => allowedSignersLine("two words", publicBytes)).toThrow(Malformed);
  });

  test.skipIf(!hasSshKeygen)(
    "is accepted by the real ssh-keygen with our allowed_signers, and only for the signed bytes",
    () => {
      const folder = folderWith({ allowed_signers: `${allowedSignersLine(principal, publicBytes)}\n`, sig: armored });
      const args = ["-Y", "verify", "-f", "allowed_signers", "-I", principal, "-n", "evidence-pack", "-s", "sig"];
      expect(spawnSync("ssh-keygen", args, { cwd: folder, input: message }).status).toBe(0);
      expect(spawnSync("ssh-keygen", args, { cwd: folder, input: "another" }).status).not.toBe(0);
      expect(spawnSync("ssh-keygen", args.with(7, "git"), { cwd: folder, input: message }).status).not.toBe(0);
    },
  );

  test.skipIf(!hasSshKeygen)("of the real ssh-keygen is accepted here, and its fingerprint is ours", () => {
    const folder = folderWith({ message });
    spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key"], { cwd: folder });
    expect(
      spawnSync("ssh-keygen", ["-Y", "sign", "-f", "key", "-n", "evidence-pack", "message"], { cwd: folder }).status,
    ).toBe(0);
    const theirs = parseSshPublicKeyLine(readFileSync(path.join(folder, "key.pub"), "utf8").trim());
    expect(sshVerifies(message, readFileSync(path.join(folder, "message.sig"), "utf8"), theirs)).toBe(true);
    const shown = spawnSync("ssh-keygen", ["-lf", "key.pub"], { cwd: folder, encoding: "utf8" }).stdout;
    expect(shown.split(" ")[1]).toBe(sshFingerprint(theirs));
  });
});

describe("a P-256 signature", () => {
  const signature = signP256(message, ec.privateKey);

  test("verifies, and not for another message or key", () => {
    expect(p256Verifies(message, signature, ec.publicKey)).toBe(true);
    expect(p256Verifies(Buffer.from("another"), signature, ec.publicKey)).toBe(false);
    expect(p256Verifies(message, signature, generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey)).toBe(false);
  });

  test("key is read only from its one PEM form", () => {
    const pem = p256PublicPem(ec.privateKey);
    expect(p256Fingerprint(parseP256PublicPem(pem))).toBe(p256Fingerprint(ec.privateKey));
    const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" })
      .publicKey.export({ type: "spki", format: "pem" })
      .toString();
    const secret = ec.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    for (const other of [
      pem.trim(),
      `x\n${pem}`,
      pem.replaceAll("\n", "\r\n"),
      p384,
      ed25519PublicPem(publicBytes),
      secret,
      "",
    ]) {
      expect(() => parseP256PublicPem(other)).toThrow(Malformed);
    }
  });

  test.skipIf(!hasOpenssl)("is accepted by the real openssl, whose fingerprint is ours", () => {
    const folder = folderWith({ "key.pem": p256PublicPem(ec.publicKey), sig: signature, message });
    const args = ["dgst", "-sha256", "-verify", "key.pem", "-signature", "sig", "message"];
    expect(spawnSync("openssl", args, { cwd: folder }).status).toBe(0);
    const der = spawnSync("openssl", ["pkey", "-pubin", "-in", "key.pem", "-outform", "DER"], { cwd: folder }).stdout;
    expect(createHash("sha256").update(der).digest("hex")).toBe(p256Fingerprint(ec.publicKey));
  });
});

describe("trusted fingerprints are found in", () => {
  const keys = newSigningKeys();
  const prints = fingerprints(keys);
  const ssh = ed25519PublicBytes(keys.ssh);

  test.each<[string, string, string[]]>([
    ["an OpenSSH public key file", `${sshPublicKeyLine(ssh)} someone@host\n`, [prints.ssh]],
    ["an allowed_signers file", `${allowedSignersLine(principal, ssh)}\n`, [prints.ssh]],
    ["a P-256 PEM with Windows line ends", p256PublicPem(keys.p256).replaceAll("\n", "\r\n"), [prints.p256]],
    ["an Ed25519 PEM, which is a log key", ed25519PublicPem(ed25519PublicBytes(keys.log)), [prints.log]],
    ["a log key line", `${encodeNoteKey(noteKeyOf("wardbook.example/c/8f3a2c/1", keys.log))}\n`, [prints.log]],
    ["a letter", `Our keys: ${prints.ssh}, ${prints.p256}; ${prints.log}.`, [prints.ssh, prints.p256, prints.log]],
    ["bare hex", prints.p256.slice(5), [prints.p256.slice(5)]],
    ["nothing that is a key", "hello", []],
    ["hex of another length", "ab".repeat(33), []],
  ])("%s", (_, text, expected) => {
    expect(trustedFingerprints(text)).toEqual(expected);
    const program = "import sys, json, verify; print(json.dumps(verify.trusted_fingerprints(sys.argv[1])))";
    if (HAS_PYTHON) expect(JSON.parse(runWithVerifyPy(program, [text]))).toEqual(expected);
  });
});

describe.skipIf(!HAS_PYTHON)("the signature code of verify.py", () => {
  const l = 2n ** 252n + 27742317777372353535851937790883648493n;

  test("agrees with Node on Ed25519, good, spoilt and malleable", () => {
    // RFC 8032 §7.1, TEST 2.
    const rfc = [
      "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    ];
    const signature = sign(null, message, ed.privateKey);
    const malleable = Buffer.concat([
      signature.subarray(0, 32),
      littleEndian(fromLittleEndian(signature.subarray(32)) + l),
    ]);
    const cases = [
      rfc,
      ...[
        signature,
        flipFirst(signature),
        Buffer.from(signature).reverse(),
        malleable,
        signature.subarray(1),
        Buffer.alloc(64),
      ].map((bytes) => [message.toString("hex"), bytes.toString("hex"), publicBytes.toString("hex")]),
    ];
    const program =
      "import sys, json, verify; print(json.dumps([verify.ed25519_verifies(*map(bytes.fromhex, c)) for c in json.loads(sys.argv[1])]))";
    expect(JSON.parse(runWithVerifyPy(program, [JSON.stringify(cases)]))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  test("agrees with Node on P-256, good, spoilt and wrongly encoded", () => {
    const good = Array.from({ length: 20 }, () => signP256(message, ec.privateKey));
    const first = good[0] ?? Buffer.alloc(0);
    const zero = Buffer.from("3006020100020100", "hex");
    const longForm = Buffer.concat([Buffer.from([0x30, 0x81, first[1] ?? 0]), first.subarray(2)]);
    const trailing = Buffer.concat([first, Buffer.from([0])]);
    const cases = [...good, flipLast(first), zero, longForm, trailing, first.subarray(0, -1), Buffer.alloc(0)];
    const program =
      "import sys, json, verify; k = verify.parse_p256_pem(sys.argv[1])[1]; m, *s = json.loads(sys.argv[2]); print(json.dumps([verify.p256_verifies(bytes.fromhex(m), bytes.fromhex(c), k) for c in s]))";
    const hex = JSON.stringify([message, ...cases].map((bytes) => bytes.toString("hex")));
    const theirs: unknown = JSON.parse(runWithVerifyPy(program, [p256PublicPem(ec.publicKey), hex]));
    expect(theirs).toEqual(cases.map((bytes) => p256Verifies(message, bytes, ec.publicKey)));
    expect(theirs).toEqual([...good.map(() => true), false, false, false, false, false, false]);
  });
});

function flipFirst(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(bytes[0] ?? 0) ^ 1]), bytes.subarray(1)]);
}

function flipLast(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])]);
}

function fromLittleEndian(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);
}

function littleEndian(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, "0"), "hex").reverse();
}
