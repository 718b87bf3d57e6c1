import "server-only";
import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { keyedHash } from "#lib/platform/auth/keyed-hash.ts";

/** What a form did, for the page it leads to. Words of ours alone: nothing that anybody typed and nobody's name. */
export type Notice = { readonly pathname: string; readonly text: string };

export const NOTICE_SECONDS = 60;

const Sealed = z.object({ pathname: z.string(), text: z.string(), until: z.number() });

/** The notice as a cookie keeps it, good for one session and for NOTICE_SECONDS. */
export function sealNotice({ pathname, text }: Notice, sessionId: string, now: Date): string {
  const until = now.getTime() + NOTICE_SECONDS * 1000;
  const body = Buffer.from(JSON.stringify({ pathname, text, until })).toString("base64url");
  return `${body}.${signatureOf(body, sessionId).toString("base64url")}`;
}

/** The text of a notice that was sealed here for this session and this page, and not long ago; null for all else. */
export function openNotice(
  value: string,
  { pathname, sessionId, now }: { pathname: string; sessionId: string; now: Date },
): string | null {
  const [body = "", signature = "", ...rest] = value.split(".");
  const given = Buffer.from(signature, "base64url");
  const own = signatureOf(body, sessionId);
  if (rest.length > 0 || given.length !== own.length || !timingSafeEqual(given, own)) return null;
  const notice = Sealed.parse(JSON.parse(Buffer.from(body, "base64url").toString()));
  return notice.pathname === pathname && notice.until > now.getTime() ? notice.text : null;
}

function signatureOf(body: string, sessionId: string): Buffer {
  return Buffer.from(keyedHash("notice", `${sessionId}\n${body}`));
}
