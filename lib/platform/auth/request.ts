import "server-only";
import { headers } from "next/headers";
import { newId } from "#lib/kernel/ids.ts";

export type RequestFacts = {
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string;
  /** The page that was asked for, with its query; null where no proxy of ours came before. */
  readonly path: string | null;
};

/** What the proxy and the connection say of this request. */
export async function requestFacts(): Promise<RequestFacts> {
  const list = await headers();
  // The rightmost entry is what the server itself, or the proxy before it, saw; those left of it are the client's word.
  const address = list.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown";
  return {
    requestId: list.get("x-request-id") ?? newId(),
    address,
    userAgent: list.get("user-agent") ?? "",
    path: list.get("x-wardbook-path"),
  };
}
