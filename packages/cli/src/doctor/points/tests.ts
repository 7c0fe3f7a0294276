import { type Finding, findingAt } from "../finding.ts";
import { headOf, isAbstract, type PluginSource } from "../plugin-source.ts";
import type { TestSuite } from "../test-suite.ts";

/** Whether tests run the plugin as part of a function. */
export function checkTests(
  plugin: PluginSource,
  apiFiles: readonly string[],
  tests: TestSuite,
): readonly Finding[] {
  const { fileName } = plugin.node.getSourceFile();
  if (isAbstract(plugin) || tests.exercises(fileName, apiFiles)) return [];
  const call = tests.findHookCall(fileName);
  if (call) {
    const message = `this calls ${call.getText()} with a next and data of its own, which show neither order nor races: run a Func or testApi`;
    return [findingAt("tests", "warning", message, call)];
  }
  const message = "no test runs a function that has it: test it through func.invoke() or testApi()";
  return [findingAt("tests", "warning", message, headOf(plugin))];
}
