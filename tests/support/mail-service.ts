import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type AcceptedMail = {
  readonly key: string;
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly tags: ReadonlyArray<{ readonly name: string; readonly value: string }>;
};

type Answer = { readonly status: number; readonly name: string };

export type MailService = {
  readonly url: string;
  /** Every request, repetitions too. */
  readonly asked: string[];
  readonly accepted: AcceptedMail[];
  /** What it answers next instead of accepting, in this order. */
  readonly refusals: Answer[];
  /** What happens between accepting a message and saying so. */
  onceAccepted: () => void;
  close(): Promise<void>;
};

/**
 * A server that answers like Resend's POST /emails: a key that it knows is answered as the first time, or refused when the
 * words differ.
 */
export async function startMailService(): Promise<MailService> {
  const asked: string[] = [];
  const accepted: AcceptedMail[] = [];
  const refusals: Answer[] = [];
  const known = new Map<string, { readonly body: string; readonly id: string }>();
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    };
    const key = String(request.headers["idempotency-key"] ?? "");
    const body = await textOf(request);
    asked.push(key);
    if (request.url !== "/emails" || request.method !== "POST") return answer(404, { name: "not_found" });
    const refusal = refusals.shift();
    if (refusal !== undefined) {
      return answer(refusal.status, { statusCode: refusal.status, name: refusal.name, message: "no" });
    }
    const before = known.get(key);
    if (before !== undefined && before.body !== body) {
      return answer(409, { statusCode: 409, name: "invalid_idempotent_request", message: "other words" });
    }
    if (before !== undefined) return answer(200, { id: before.id });
    const id = `mail-${accepted.length + 1}-${key}`;
    known.set(key, { body, id });
    accepted.push({ ...JSON.parse(body), key, id });
    service.onceAccepted();
    return answer(200, { id });
  });
  await new Promise<void>((listening) => {
    server.listen(0, "127.0.0.1", listening);
  });
  const { port } = server.address() as AddressInfo;
  const service: MailService = {
    ...{ url: `http://127.0.0.1:${port}`, asked, accepted, refusals },
    onceAccepted: () => undefined,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return service;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
