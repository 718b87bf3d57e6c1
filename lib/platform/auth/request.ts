import "server-only";
import { headers } from "next/headers";
import { newId } from "#lib/kernel/ids.ts";

export type RequestFacts = {
  readonly requestId: string;
  readonly address: string;
  readonly userAgent: string;
  /** The page that was asked for, with its query; null where no proxy of ours came before. */
  readonly path: string | null;
  /** Whether a person made this request, and not the page by itself. */
  readonly isActivity: boolean;
};

/** What the proxy and the connection say of this request. */
export async function requestFacts(): Promise<RequestFacts> {
  const list = await headers();
  // The rightmost entry is what the proxy in front saw. Without a proxy the header, when a client sends one, is its own
  // word: slowing by address then holds nobody who lies, and slowing by email still does.
  const address = list.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown";
  return {
    requestId: list.get("x-request-id") ?? newId(),
    address,
    userAgent: list.get("user-agent") ?? "",
    path: list.get("x-wardbook-path"),
    isActivity: list.get("x-wardbook-activity") === "yes",
  };
}
