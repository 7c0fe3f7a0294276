import { inspect, isDeepStrictEqual } from "node:util";
import { isContainer } from "../../../config/code-nodes.ts";
import { hiddenTexts } from "../../../config/hidden-texts.ts";
import { isLongEnough } from "../../../config/scrub.ts";
import { Visibility } from "../../../config/visibility.ts";
import type { Plugin, PluginClass } from "../../../types.ts";
import { broken } from "../broken.ts";
import type { PluginPromise } from "../plugin-promise.ts";

/** What becomes of the configuration that it is given. */
export const CONFIG_CHECKS: readonly PluginPromise[] = [
  {
    id: "config",
    name: "leaves the configuration that it is given as it is",
    async run(bench) {
      const { config } = bench.options;
      const before = copy(config);
      await bench.withFunc({ plugins: [bench.create()] }, async (func) => {
        await bench.mount(func);
        await bench.pass(func);
      });
      const changed = findChange(before, config);
      if (changed)
        broken(
          `it changed ${["config", ...changed].join(".")} of what its constructor was given`,
          "work on a copy: others may be given the same object",
        );
    },
  },
  {
    id: "secrets",
    name: "shows nothing of its configuration when it is printed, unless that is public",
    async run(bench) {
      const plugin = bench.create();
      const texts = hiddenOf(plugin, bench.options.config);
      const judge = (): void => {
        for (const [way, printed] of Object.entries(print(plugin)))
          for (const [keyPath, text] of texts)
            if (printed.includes(text))
              broken(
                `${way} shows the value of ${keyPath}`,
                `keep it in a private field (#config), or declare ${keyPath.replace("config.", "")} in static publicConfig`,
              );
      };
      judge();
      const { name, applyConfig } = plugin;
      // Configuration goes to the instance by `applyConfig` as well, as a copy that shows nothing by itself.
      const { config: values } = bench.options;
      const config = applyConfig && values && { plugins: { [name]: { config: values } } };
      await bench.withFunc({ plugins: [plugin], config }, async (func) => {
        await bench.mount(func);
        await bench.pass(func);
        judge();
      });
    },
  },
];

/** Every text of the configuration that its class does not declare public, and that is long enough to be a secret. */
function hiddenOf(plugin: Plugin, config: unknown): (readonly [keyPath: string, text: string])[] {
  // Whoever made the object is its constructor, which need not be a plugin's class.
  const { publicConfig = [] } = plugin.constructor as Partial<PluginClass>;
  const visibility = new Visibility([]);
  visibility.declare("contract", publicConfig);
  const list = (value: unknown, keyPath: readonly string[]): (readonly [string, string])[] =>
    isContainer(value)
      ? Object.entries(value).flatMap(([key, child]) => list(child, [...keyPath, key]))
      : hiddenTexts(value, ["plugins", "contract", ...keyPath], visibility.shows)
          .filter(isLongEnough)
          .map((text) => [keyPath.join("."), text] as const);
  return list(config, ["config"]);
}

/** The texts that are made of a plugin by accident. */
function print(plugin: Plugin): Readonly<Record<string, string>> {
  return {
    "inspect(plugin)": inspect(plugin, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    "JSON.stringify(plugin)": serialize(plugin),
    "String(plugin)": String(plugin),
  };
}

function serialize(plugin: Plugin): string {
  try {
    return JSON.stringify(plugin) ?? "";
  } catch {
    // What has no text shows nothing.
    return "";
  }
}

/** A copy of what is made of plain objects and arrays; everything else is the same in both. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copy(child)]));
}

/** The keys that lead to the first difference. */
function findChange(before: unknown, after: unknown): readonly string[] | undefined {
  if (isDeepStrictEqual(before, after)) return undefined;
  if (!isContainer(before) || !isContainer(after)) return [];
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const change = findChange(old.get(key), now.get(key));
    if (change) return [key, ...change];
  }
  return [];
}
