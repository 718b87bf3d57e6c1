import "server-only";
import { createHmac } from "node:crypto";
import NextAuth, { type NextAuthResult } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { endSession, SESSION_HOURS } from "#lib/platform/auth/sign-in.ts";
import { tokenHash } from "#lib/platform/auth/token.ts";
import { sessionForToken } from "#lib/platform/db/identity.ts";
import { env } from "#lib/platform/env.ts";

// The cookie carries a session token and nothing else. Whether the session lives is asked of the database at each
// request (session.ts), never here: what a callback knows is as old as the cookie.
const nextAuth: NextAuthResult = NextAuth(() => ({
  secret: createHmac("sha256", env().WARDBOOK_SECRET).update("session cookie").digest("base64"),
  basePath: "/api/auth",
  trustHost: true,
  useSecureCookies: env().WARDBOOK_URL.startsWith("https:"),
  session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  logger: { error: () => {}, warn: () => {}, debug: () => {} },
  providers: [
    Credentials({
      credentials: { token: {} },
      async authorize({ token }) {
        if (typeof token !== "string" || token.length > 100) return null;
        const session = await sessionForToken(tokenHash(token));
        return session === null || session.revokedAt !== null ? null : { id: token };
      },
    }),
  ],
  events: {
    async signOut(message) {
      if ("token" in message && typeof message.token?.sid === "string") await endSessionOf(message.token.sid);
    },
  },
  callbacks: {
    jwt: ({ token, user }) => (user?.id === undefined ? { sid: token.sid } : { sid: user.id }),
    session: ({ session, token }) => ({ ...session, user: { id: String(token.sid ?? "") } }),
  },
}));

export const { handlers, auth, signIn, signOut } = nextAuth;

async function endSessionOf(token: string): Promise<void> {
  const session = await sessionForToken(tokenHash(token));
  if (session !== null) await endSession(session.accountId, session.id);
}
