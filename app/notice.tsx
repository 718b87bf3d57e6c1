import "server-only";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { NoticeMessage } from "#components/layout/notice-message.tsx";
import { NOTICE_SECONDS, openNotice, sealNotice } from "#lib/platform/auth/notice.ts";
import { requestFacts } from "#lib/platform/auth/request.ts";
import { currentSession } from "#lib/platform/auth/session.ts";
import { env } from "#lib/platform/env.ts";

const COOKIE = "wardbook-notice";

/** Ends an action: on to `path`, where `<Notice />` says once what was done. */
export async function redirectWithNotice(path: string, text: string): Promise<never> {
  const session = await currentSession();
  if (session !== null) {
    const pathname = path.replace(/[?#].*$/, "");
    (await cookies()).set(COOKIE, sealNotice({ pathname, text }, session.sessionId, new Date()), {
      // Not httpOnly: the page that has said it takes the cookie away, and a server component can't.
      httpOnly: false,
      sameSite: "strict",
      secure: env().WARDBOOK_URL.startsWith("https:"),
      maxAge: NOTICE_SECONDS,
      path: "/",
    });
  }
  redirect(path);
}

/** What the form before this page did. Nothing in the address can make it appear, and a reload doesn't repeat it. */
export async function Notice() {
  const value = (await cookies()).get(COOKIE)?.value;
  const session = value === undefined ? null : await currentSession();
  if (value === undefined || session === null) return null;
  const { path } = await requestFacts();
  const pathname = (path ?? "").replace(/\?.*$/, "");
  const text = openNotice(value, { pathname, sessionId: session.sessionId, now: new Date() });
  return text === null ? null : <NoticeMessage key={value} id={value} text={text} cookie={COOKIE} />;
}
