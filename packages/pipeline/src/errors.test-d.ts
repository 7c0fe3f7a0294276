import { expectTypeOf, it } from "vitest";
import { isPipelineError, type PipelineError, type PipelineErrorCode } from "./errors.ts";

it("narrows what was caught, so that a switch over the codes is checked", () => {
  const error: unknown = undefined;
  if (isPipelineError(error)) {
    expectTypeOf(error).toEqualTypeOf<PipelineError>();
    expectTypeOf(error.code).toEqualTypeOf<PipelineErrorCode>();
    expectTypeOf(error.involved).toEqualTypeOf<readonly string[]>();
  }
  expectTypeOf<"NO_SUCH_CODE">().not.toExtend<PipelineErrorCode>();
});
