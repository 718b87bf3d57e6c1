import { expect, test } from "vitest";
import { secondsLeft } from "#lib/platform/auth/idle.ts";

const at = (time: string) => new Date(`2026-03-03T${time}Z`);
const session = { lastSeenAt: at("10:00:00"), expiresAt: at("21:00:00"), revokedAt: null, idleMinutes: 15 };

test.each([
  ["just used", session, "10:00:00", 900],
  ["used a while ago", session, "10:14:00", 60],
  ["idle for one second less than it may be", session, "10:14:59", 1],
  ["idle as long as it may be", session, "10:15:00", 0],
  ["idle for hours", session, "18:00:00", 0],
  ["busy at the end of its lifetime", { ...session, lastSeenAt: at("20:59:30") }, "20:59:40", 20],
  ["past its lifetime, busy as it may be", { ...session, lastSeenAt: at("21:00:00") }, "21:00:00", 0],
  ["ended by its holder", { ...session, revokedAt: at("10:00:30") }, "10:01:00", 0],
])("a session %s has so many seconds left", (_, lifetime, now, left) => {
  expect(secondsLeft(lifetime, at(now))).toBe(left);
});
