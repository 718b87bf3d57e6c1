import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

type Answering = {
  origin?: string;
  rpId?: string;
  /** Off for an authenticator that asked for no finger and no PIN. */
  isVerified?: boolean;
  counter?: number;
};

/** A passkey as a device keeps it, which answers the questions of a site (WebAuthn, section 6). */
export function newPasskey() {
  const id = randomBytes(16);
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const cose = new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Uint8Array.from(Buffer.from(x, "base64url"))],
    [-3, Uint8Array.from(Buffer.from(y, "base64url"))],
  ]);
  const own = { id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key" };

  function dataOf({ rpId = "wardbook.test", isVerified = true, counter = 0 }: Answering, more: number): Buffer {
    const head = Buffer.alloc(5);
    head.writeUInt8(USER_PRESENT | (isVerified ? USER_VERIFIED : 0) | more, 0);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), head]);
  }

  function clientData(type: string, challenge: string, { origin = "https://wardbook.test" }: Answering): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  return {
    /** Its answer to `askToAddPasskey`, as the browser sends it. */
    register({ challenge }: { challenge: string }, how: Answering = {}): string {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const key = isoCBOR.encode(cose);
      const data = Buffer.concat([dataOf(how, HAS_CREDENTIAL), Buffer.alloc(16), length, id, key]);
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", Uint8Array.from(data)],
      ]);
      const response = {
        clientDataJSON: clientData("webauthn.create", challenge, how).toString("base64url"),
        attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString("base64url"),
        transports: ["internal"],
      };
      return JSON.stringify({ ...own, response, clientExtensionResults: {} });
    },
    /** Its answer to `askForPasskey`. */
    answer({ challenge }: { challenge: string }, how: Answering = {}): string {
      const client = clientData("webauthn.get", challenge, how);
      const data = dataOf(how, 0);
      const signature = sign("sha256", Buffer.concat([data, sha256(client)]), privateKey);
      const response = {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: data.toString("base64url"),
        signature: signature.toString("base64url"),
      };
      return JSON.stringify({ ...own, response, clientExtensionResults: {} });
    },
  };
}
