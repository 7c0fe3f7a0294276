import { afterEach, beforeEach, vi } from "vitest";

/** Collects what the samples log, for the tests of the file that calls it. */
export function collectLogs(): string[] {
  const logs: string[] = [];
  beforeEach(() => {
    logs.length = 0;
    vi.spyOn(console, "log").mockImplementation((text: string) => void logs.push(text));
  });
  afterEach(() => vi.restoreAllMocks());
  return logs;
}
