import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { Schedule } from "./schedule.ts";

const next = (pattern: string, timeZone: string, from: string, count = 3): string[] =>
  new Schedule("test", { pattern, timeZone })
    .next(count, new Date(from))
    .map((slot) => slot.toISOString().slice(5, 16));

describe("a schedule where clocks are put forward", () => {
  it.each([
    [
      "every day at 02:30, which that day has not: at the moment of the change",
      "30 2 * * *",
      "Europe/Vienna",
      "2026-03-28T12:00Z",
      ["03-29T01:00", "03-30T00:30", "03-31T00:30"],
    ],
    [
      "every day at 02:30 in New York",
      "30 2 * * *",
      "America/New_York",
      "2026-03-07T12:00Z",
      ["03-08T07:00", "03-09T06:30", "03-10T06:30"],
    ],
    [
      "every day at midnight, which that day has not",
      "0 0 * * *",
      "America/Sao_Paulo",
      "2018-11-03T12:00Z",
      ["11-04T03:00", "11-05T02:00", "11-06T02:00"],
    ],
    [
      "every day at 02:15, where the change is half an hour",
      "15 2 * * *",
      "Australia/Lord_Howe",
      "2026-10-03T13:00Z",
      ["10-03T15:30", "10-04T15:15", "10-05T15:15"],
    ],
    [
      "every hour: 23 times that day",
      "0 * * * *",
      "Europe/Vienna",
      "2026-03-28T23:30Z",
      ["03-29T00:00", "03-29T01:00", "03-29T02:00"],
    ],
    [
      "every day at 12:00, an hour earlier in UTC from then on",
      "0 12 * * *",
      "Europe/Vienna",
      "2026-03-28T10:00Z",
      ["03-28T11:00", "03-29T10:00", "03-30T10:00"],
    ],
  ])("comes %s", (_name, pattern, timeZone, from, expected) => {
    expect(next(pattern, timeZone, from)).toEqual(expected);
  });
});

describe("a schedule where clocks are put back", () => {
  it.each([
    [
      "every day at 02:30, which that day has twice: once, at the first",
      "30 2 * * *",
      "Europe/Vienna",
      "2026-10-24T12:00Z",
      ["10-25T00:30", "10-26T01:30", "10-27T01:30"],
    ],
    [
      "every day at 01:30 in New York",
      "30 1 * * *",
      "America/New_York",
      "2026-10-31T12:00Z",
      ["11-01T05:30", "11-02T06:30", "11-03T06:30"],
    ],
    [
      "every hour: 25 times that day",
      "0 * * * *",
      "Europe/Vienna",
      "2026-10-24T23:30Z",
      ["10-25T00:00", "10-25T01:00", "10-25T02:00"],
    ],
    [
      "every half hour, where the change is half an hour",
      "*/30 * * * *",
      "Australia/Lord_Howe",
      "2026-04-04T14:00Z",
      ["04-04T14:30", "04-04T15:00", "04-04T15:30"],
    ],
  ])("comes %s", (_name, pattern, timeZone, from, expected) => {
    expect(next(pattern, timeZone, from)).toEqual(expected);
  });
});

describe("the times between two", () => {
  const hourly = new Schedule("test", "0 * * * *");
  const between = (from: string, to: string, limit = 10) =>
    hourly.between(new Date(from), new Date(to), limit).map((slot) => slot.toISOString().slice(11, 16));

  it("are those after the first and up to the second, the earliest first", () => {
    expect(between("2026-01-01T01:00Z", "2026-01-01T04:00Z")).toEqual(["02:00", "03:00", "04:00"]);
    expect(between("2026-01-01T01:00Z", "2026-01-01T01:59Z")).toEqual([]);
    expect(between("2026-01-01T05:00Z", "2026-01-01T01:00Z")).toEqual([]);
  });

  it("are the latest ones, where there are more than asked for", () => {
    expect(between("2020-01-01T00:00Z", "2026-01-01T04:30Z", 2)).toEqual(["03:00", "04:00"]);
  });

  it("are those that a walk forwards finds, in every zone and at every time of the year", () => {
    const zones = ["UTC", "Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo"];
    const patterns = ["30 2 * * *", "*/30 * * * *", "0 */6 * * *", "15 1 * * 0", "0 0 1 * *"];
    const start = Date.UTC(2026, 0, 1);
    assert(
      property(
        constantFrom(...zones),
        constantFrom(...patterns),
        integer({ min: 0, max: 365 * 24 }),
        integer({ min: 0, max: 72 }),
        (timeZone, pattern, hour, length) => {
          const schedule = new Schedule("test", { pattern, timeZone });
          const from = new Date(start + hour * 3_600_000);
          const to = new Date(from.getTime() + length * 3_600_000);
          const forwards = schedule.next(200, from).filter((slot) => slot <= to);
          expect(schedule.between(from, to, 200)).toEqual(forwards);
        },
      ),
    );
  });
});

describe("a schedule that is none", () => {
  it.each([
    ["a pattern that cannot be read", { pattern: "every day" }],
    ["a time that never comes", { pattern: "0 0 30 2 *" }],
    ["a time zone that is nowhere", { pattern: "0 0 * * *", timeZone: "Europe/Atlantis" }],
    ["a policy that is none", { pattern: "0 0 * * *", missed: "twice" as never }],
  ])("is refused for %s", (_name, options) => {
    expect(() => new Schedule("test", options)).toThrow(expect.objectContaining({ code: "INVALID_JOB" }));
  });
});
