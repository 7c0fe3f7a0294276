import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProjectConfig } from "../config/project-config.ts";
import { createConsoleLogger } from "./console-logger.ts";
import { createDefaultLogger, scrubSecrets } from "./default-logger.ts";

/** What is written to the process's standard output while a test runs. */
function captureConsole(): { lines(): Record<string, unknown>[] } {
  const written: string[] = [];
  for (const name of ["debug", "info", "warn", "error"] as const)
    vi.spyOn(console, name).mockImplementation((line: string) => void written.push(line));
  return { lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

afterEach(() => void vi.restoreAllMocks());

describe("the logger without pino", () => {
  let console: ReturnType<typeof captureConsole>;
  beforeEach(() => {
    console = captureConsole();
  });

  it("writes a JSON line with its fields and its filled-in message", () => {
    const logger = createConsoleLogger("debug", (line) => line).child({ requestId: "r-1" });
    logger.debug("took %dms for %s, %o 100%%", 12, "orders", { n: 1 });
    logger.error({ err: new RangeError("no"), big: 1n }, "failed", "and more");
    expect(console.lines()).toMatchObject([
      { level: "debug", requestId: "r-1", msg: 'took 12ms for orders, {"n":1} 100%' },
      { level: "error", err: { type: "RangeError", message: "no" }, big: "1", msg: "failed and more" },
    ]);
  });

  it("writes nothing below its level", () => {
    const logger = createConsoleLogger("warn", (line) => line);
    logger.info("hidden");
    logger.warn("shown");
    createConsoleLogger("silent", (line) => line).error("hidden");
    expect(console.lines().map(({ msg }) => msg)).toEqual(["shown"]);
  });

  it("survives what JSON has no form for", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    const logger = createConsoleLogger("info", (line) => line);
    logger.info({ cyclic }, "fields");
    logger.info("value %o", cyclic);
    expect(console.lines().map(({ msg }) => msg)).toEqual(["fields", "value [object Object]"]);
  });
});

describe("secrets", () => {
  it("B-71: are replaced in a line, also where JSON has escaped them", () => {
    const secret = 'pa"ss\nword';
    expect(scrubSecrets(JSON.stringify({ msg: `with ${secret}` }), [secret])).toBe(
      '{"msg":"with [redacted]"}',
    );
    expect(scrubSecrets(`plain ${secret}`, [secret])).toBe("plain [redacted]");
  });

  it("B-71: of a configuration that is logged as it is are redacted, with pino and without", () => {
    const written: string[] = [];
    vi.spyOn(console, "info").mockImplementation((line: string) => void written.push(line));
    const config = new ProjectConfig({ root: "/" }).resolveCode({
      plugins: { auth: { config: { secret: "planted-literal", nested: { key: "planted-too" } } } },
    });
    const destination = { write: (line: string) => void written.push(line) };
    for (const logger of [
      createDefaultLogger({ level: "info", destination }),
      createConsoleLogger("info", (line) => line),
    ]) {
      logger.info(config, "resolved");
      logger.info(config.plugins["auth"]!.config!, "the values");
      logger.info({ config }, "inside");
      logger.info("as text %o %j", config, config.plugins["auth"]);
    }
    expect(written).toHaveLength(8);
    expect(written.join("")).not.toContain("planted");
  });

  it("B-71: never reach what pino writes", () => {
    const written: string[] = [];
    const logger = createDefaultLogger({
      level: "info",
      secrets: () => ["s3cr3t-value"],
      destination: { write: (line) => void written.push(line) },
    });
    logger.child({ plugin: "auth" }).error({ err: new Error("cannot use s3cr3t-value") }, "key s3cr3t-value");
    expect(written.join("")).toContain("[redacted]");
    expect(written.join("")).not.toContain("s3cr3t-value");
    expect(JSON.parse(written[0]!)).toMatchObject({ plugin: "auth", msg: "key [redacted]" });
  });
});
