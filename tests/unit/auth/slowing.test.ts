import { expect, test } from "vitest";
import { minutesToWait, slowingSince } from "#lib/platform/auth/slowing.ts";

const NOW = new Date("2026-11-22T10:00:00Z");
const NONE = { byEmail: 0, byAddress: 0, lastByEmail: null, lastByAddress: null };

function secondsAgo(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

test.each([
  ["nothing refused yet", 0, 0, 0],
  ["four refusals, the last a moment ago", 4, 0, 0],
  ["the fifth refusal, a moment ago", 5, 0, 1],
  ["the fifth refusal, 59 seconds ago", 5, 59, 1],
  ["the fifth refusal, a minute ago", 5, 60, 0],
  ["the sixth doubles the wait", 6, 0, 2],
  ["the seventh doubles it again", 7, 0, 4],
  ["what has passed of a wait counts, in minutes begun", 7, 61, 3],
  ["the eighth", 8, 0, 8],
  ["the ninth reaches the longest wait, a quarter of an hour", 9, 0, 15],
  ["a thousand refusals wait no longer than that", 1000, 0, 15],
  ["after a quarter of an hour nobody waits", 1000, 900, 0],
])("for one email: %s", (_, byEmail, secondsSince, minutes) => {
  expect(minutesToWait({ ...NONE, byEmail, lastByEmail: secondsAgo(secondsSince) }, NOW)).toBe(minutes);
});

test.each([
  ["49 refusals from one address slow nobody", 49, 0],
  ["the fiftieth does", 50, 1],
  ["the fifty-fourth waits the longest", 54, 15],
])("for one address: %s", (_, byAddress, minutes) => {
  expect(minutesToWait({ ...NONE, byAddress, lastByAddress: NOW }, NOW)).toBe(minutes);
});

test("of email and address the longer wait counts", () => {
  const both = { byEmail: 5, lastByEmail: NOW, byAddress: 52, lastByAddress: NOW };
  expect(minutesToWait(both, NOW)).toBe(4);
  expect(minutesToWait({ ...both, byEmail: 8 }, NOW)).toBe(8);
});

test("refusals count for a quarter of an hour", () => {
  expect(slowingSince(NOW)).toEqual(new Date("2026-11-22T09:45:00Z"));
});
