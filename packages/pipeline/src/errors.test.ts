import { describe, expect, it, vi } from "vitest";
import { isPipelineError, PipelineError } from "./errors.ts";

describe("a PipelineError", () => {
  it("carries code, message and who is involved, and nothing that is not there", () => {
    const error = new PipelineError("DUPLICATE_PLUGIN", "two plugins are named a", ["a"]);
    expect(error).toMatchObject({
      code: "DUPLICATE_PLUGIN",
      message: "two plugins are named a",
      involved: ["a"],
    });
    expect(error.name).toBe("PipelineError");
    expect(error).not.toHaveProperty("cause");
    expect(new PipelineError("INVALID_STEPS", "no array").involved).toEqual([]);
  });

  it("is a TypeError, with a stack that begins with its name", () => {
    const error = new PipelineError("INVALID_STEPS", "no array");
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toBe("PipelineError: no array");
    expect(error.stack).toMatch(/errors\.test\.ts/);
  });
});

describe("isPipelineError()", () => {
  it("tells one of this copy of the package", () => {
    expect(isPipelineError(new PipelineError("INVALID_STEPS", "no array"))).toBe(true);
  });

  it("tells one of another copy, which instanceof does not", async () => {
    vi.resetModules();
    const copy = await import("./errors.ts");
    const foreign = new copy.PipelineError("INVALID_STEPS", "no array");
    expect(foreign).not.toBeInstanceOf(PipelineError);
    expect(isPipelineError(foreign)).toBe(true);
    expect(copy.isPipelineError(new PipelineError("INVALID_STEPS", "no array"))).toBe(true);
  });

  it.each([
    undefined,
    null,
    "PipelineError",
    { name: "PipelineError", code: "INVALID_STEPS", message: "an object" },
    new TypeError("another error"),
    Object.assign(new Error("another package's"), { code: "INVALID_STEPS" }),
    Object.assign(new Error("no code"), { name: "PipelineError" }),
    Object.assign(new Error("a code that is no text"), { name: "PipelineError", code: 404 }),
    Object.assign(new Error("a longer name"), { name: "PipelineErrorLike", code: "INVALID_STEPS" }),
  ])("rejects a look-alike: %o", (value) => {
    expect(isPipelineError(value)).toBe(false);
  });
});
