import { describe, expect, test } from "vitest";
import {
  addDays,
  calendarDateIn,
  daysBetween,
  endOfDayIn,
  fromDatabaseDate,
  isCalendarDate,
  isTimeZone,
  startOfDayIn,
  toDatabaseDate,
} from "#lib/kernel/dates.ts";

describe("a day in a zone", () => {
  test.each([
    ["in winter", "America/New_York", "2026-01-15", "2026-01-15T05:00:00.000Z", "2026-01-16T04:59:59.999Z"],
    ["in summer", "America/New_York", "2026-07-15", "2026-07-15T04:00:00.000Z", "2026-07-16T03:59:59.999Z"],
    ["of 23 hours", "America/New_York", "2026-03-08", "2026-03-08T05:00:00.000Z", "2026-03-09T03:59:59.999Z"],
    ["of 25 hours", "America/New_York", "2026-11-01", "2026-11-01T04:00:00.000Z", "2026-11-02T04:59:59.999Z"],
    [
      "that begins at one o'clock",
      "America/Santiago",
      "2026-09-06",
      "2026-09-06T04:00:00.000Z",
      "2026-09-07T02:59:59.999Z",
    ],
    [
      "whose midnight comes twice",
      "America/Havana",
      "2026-11-01",
      "2026-11-01T04:00:00.000Z",
      "2026-11-02T04:59:59.999Z",
    ],
    [
      "with half an hour of change",
      "Australia/Lord_Howe",
      "2026-04-05",
      "2026-04-04T13:00:00.000Z",
      "2026-04-05T13:29:59.999Z",
    ],
    [
      "in Arizona, which keeps its time",
      "America/Phoenix",
      "2026-07-15",
      "2026-07-15T07:00:00.000Z",
      "2026-07-16T06:59:59.999Z",
    ],
    [
      "before the next day skipped",
      "Pacific/Apia",
      "2011-12-29",
      "2011-12-29T10:00:00.000Z",
      "2011-12-30T09:59:59.999Z",
    ],
  ])("%s begins and ends there", (_, zone, date, first, last) => {
    expect(startOfDayIn(zone, date).toISOString()).toBe(first);
    expect(endOfDayIn(zone, date).toISOString()).toBe(last);
  });

  test.each(["America/New_York", "America/Santiago", "America/Havana", "Pacific/Honolulu", "Asia/Kathmandu", "UTC"])(
    "in %s holds its first and its last moment, and not the ones beside them, all year",
    (zone) => {
      for (let date = "2026-01-01"; date < "2027-01-01"; date = addDays(date, 1)) {
        const [first, last] = [startOfDayIn(zone, date), endOfDayIn(zone, date)];
        expect(calendarDateIn(zone, first)).toBe(date);
        expect(calendarDateIn(zone, last)).toBe(date);
        expect(calendarDateIn(zone, new Date(first.getTime() - 1))).toBe(addDays(date, -1));
        expect(calendarDateIn(zone, new Date(last.getTime() + 1))).toBe(addDays(date, 1));
      }
    },
  );

  test("is another one at the other end of the world at the same moment", () => {
    const moment = new Date("2026-11-22T11:30:00Z");
    expect(calendarDateIn("Pacific/Kiritimati", moment)).toBe("2026-11-23");
    expect(calendarDateIn("Pacific/Pago_Pago", moment)).toBe("2026-11-22");
    expect(calendarDateIn("Pacific/Pago_Pago", new Date("2026-11-22T10:30:00Z"))).toBe("2026-11-21");
  });

  test("that a zone skipped has no end before its start", () => {
    expect(endOfDayIn("Pacific/Apia", "2011-12-30").getTime()).toBeLessThanOrEqual(
      startOfDayIn("Pacific/Apia", "2011-12-31").getTime(),
    );
  });

  test("far back and far ahead still has an end", () => {
    expect(endOfDayIn("America/New_York", "0001-01-01").getTime()).toBeLessThan(Date.UTC(1, 0, 3) - 1e12);
    expect(endOfDayIn("UTC", "9999-12-31").toISOString()).toBe("9999-12-31T23:59:59.999Z");
  });
});

describe("a calendar date", () => {
  test.each(["2026-11-22", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])("%s is one", (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  test.each([
    ...[
      "2026-02-29",
      "1900-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-04-31",
      "2026-1-1",
      "22.11.2026",
      "2026-11-22T00:00",
    ],
    ...["", " 2026-11-22", "2026-11-22 ", "+002026-11-22", "99999-01-01", "2026‑11‑22", "20261122", "２０２６-11-22"],
  ])("%j is none", (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  test.each([
    ["2026-11-22", 1, "2026-11-23"],
    ["2026-12-31", 1, "2027-01-01"],
    ["2024-02-28", 1, "2024-02-29"],
    ["2026-03-01", -1, "2026-02-28"],
    ["2026-11-22", 0, "2026-11-22"],
    ["2026-11-22", 3 * 365, "2029-11-21"],
  ])("%s and %i days are %s", (date, days, then) => {
    expect(addDays(date, days)).toBe(then);
    expect(daysBetween(date, then)).toBe(days);
  });

  test.each(["0001-01-01", "1999-12-31", "2026-11-22", "9999-12-31"])("%s goes to the database and back", (date) => {
    expect(fromDatabaseDate(toDatabaseDate(date))).toBe(date);
  });

  test("that is none is never added to or placed in a zone", () => {
    for (const text of ["2026-02-30", "tomorrow", ""]) {
      expect(() => addDays(text, 1)).toThrow(RangeError);
      expect(() => endOfDayIn("UTC", text)).toThrow(RangeError);
    }
    expect(() => calendarDateIn("UTC", new Date("no date"))).toThrow(RangeError);
  });
});

describe("a time zone", () => {
  test.each(["America/New_York", "Pacific/Honolulu", "UTC", "Etc/GMT+5", "US/Eastern"])("%s is one", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  test.each([
    "",
    "+05:00",
    "-0500",
    "America/Nowhere",
    "New York",
    "GMT+5",
    "../../etc/passwd",
    "UTC\u0000",
    "x".repeat(10_000),
  ])("%s is none", (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
