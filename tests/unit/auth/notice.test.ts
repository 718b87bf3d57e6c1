import { beforeAll, describe, expect, test } from "vitest";
import { NOTICE_SECONDS, openNotice, sealNotice } from "#lib/platform/auth/notice.ts";

const NOW = new Date("2026-11-22T10:00:00Z");
const HERE = { pathname: "/c/harbor-family/tools", sessionId: "session-1", now: NOW };
const seal = (text: string) => sealNotice({ pathname: HERE.pathname, text }, HERE.sessionId, NOW);

beforeAll(() => {
  Object.assign(process.env, {
    DATABASE_URL: "postgres://app@localhost/none",
    WARDBOOK_URL: "https://wardbook.test",
    WARDBOOK_SECRET: "k3J9vQ2mZx81LwTyB0sRfHdU6nGeCpAo",
    WARDBOOK_KEYS: "keys",
  });
});

describe("a notice", () => {
  test("is read on the page and in the session that it was made for", () => {
    expect(openNotice(seal("3 tools are now in the register. «Así es» 🧠"), HERE)).toBe(
      "3 tools are now in the register. «Así es» 🧠",
    );
  });

  test.each([
    ["on another page", { pathname: "/c/harbor-family/tools/1" }],
    ["on another clinic's page", { pathname: "/c/cedar-street/tools" }],
    ["in another session", { sessionId: "session-2" }],
    ["when its time is over", { now: new Date(NOW.getTime() + NOTICE_SECONDS * 1000) }],
  ])("says nothing %s", (_, other) => {
    expect(openNotice(seal("Recorded."), { ...HERE, ...other })).toBeNull();
  });

  test("can't be made up: other words, another signature, or none", () => {
    const [body = "", signature = ""] = seal("Recorded.").split(".");
    const words = Buffer.from(body, "base64url").toString().replace("Recorded", "Approved");
    const forged = Buffer.from(words).toString("base64url");
    const longer = `${body}.${signature}.${signature}`;
    for (const value of [
      "",
      ".",
      body,
      `${body}.`,
      `${forged}.${signature}`,
      `${body}.AAAA`,
      longer,
      "ß.ß",
      "x".repeat(9000),
    ])
      expect(openNotice(value, HERE), value.slice(0, 40)).toBeNull();
  });
});
