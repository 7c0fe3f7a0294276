import type ts from "typescript";
import { type Finding, findingAt } from "../finding.ts";
import { checkNext } from "../next-flow/check-next.ts";
import type { PluginSource } from "../plugin-source.ts";

/** Whether each hook calls `next()` exactly once on every way through it. */
export function checkNextCalls({ hooks }: PluginSource, checker: ts.TypeChecker): readonly Finding[] {
  return hooks.flatMap(({ name, hook }) =>
    checkNext(hook, name, checker).map(({ severity, message, node }) =>
      findingAt("next", severity, message, node),
    ),
  );
}
