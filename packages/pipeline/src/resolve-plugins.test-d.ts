// oxlint-disable vitest/expect-expect -- an error that is expected is the assertion
import { expectTypeOf, it } from "vitest";
import type { PluginIdentity } from "./plugin.ts";
import { resolvePlugins } from "./resolve-plugins.ts";

interface Hooked extends PluginIdentity {
  readonly onInvoke: () => void;
}

it("gives plugins back as the type they came in, in a list that cannot be changed", () => {
  const plugins: Hooked[] = [];
  expectTypeOf(resolvePlugins(plugins)).toEqualTypeOf<readonly Hooked[]>();
  expectTypeOf(resolvePlugins([{ name: "a", extra: 1 }])).items.toEqualTypeOf<{
    name: string;
    extra: number;
  }>();
  // @ts-expect-error The list is read-only.
  resolvePlugins(plugins).push(plugins[0]!);
});

it("takes a list that cannot be changed, and an empty one", () => {
  expectTypeOf(resolvePlugins([] as readonly Hooked[])).toEqualTypeOf<readonly Hooked[]>();
  expectTypeOf(resolvePlugins([])).toExtend<readonly Hooked[]>();
});

it("refuses what has no name, or a priority or dependencies of a wrong type", () => {
  // @ts-expect-error The name is missing.
  resolvePlugins([{ priority: 1 }]);
  // @ts-expect-error A priority is a number.
  resolvePlugins([{ name: "a", priority: "high" }]);
  // @ts-expect-error Dependencies are a list.
  resolvePlugins([{ name: "a", dependencies: "b" }]);
  // @ts-expect-error So are plugins.
  resolvePlugins({ name: "a" });
});
