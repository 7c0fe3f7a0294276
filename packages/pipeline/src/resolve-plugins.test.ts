import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";
import type { PluginIdentity } from "./plugin.ts";
import { resolvePlugins } from "./resolve-plugins.ts";

const plugin = (name: string, priority?: number, dependencies?: readonly string[]): PluginIdentity => ({
  name,
  priority,
  dependencies,
});

const namesOf = (plugins: readonly PluginIdentity[]) => plugins.map(({ name }) => name).join(" ");

describe("the order of plugins", () => {
  it("B-1: priorities -10, 0, 5 enter in that order and resume in reverse", async () => {
    const plugins = resolvePlugins([plugin("five", 5), plugin("zero", 0), plugin("minus ten", -10)]);
    const run = compose<string[], void>(
      plugins.map(({ name }) => ({
        name,
        async run(events, next) {
          events.push(`> ${name}`);
          await next();
          events.push(`< ${name}`);
        },
      })),
    );
    const events: string[] = [];
    await run(events);
    expect(events).toEqual(["> minus ten", "> zero", "> five", "< five", "< zero", "< minus ten"]);
  });

  it("B-1: ties keep the order of registration", () => {
    const plugins = ["a", "b", "c", "d"].flatMap((name) => [plugin(`${name}0`, 0), plugin(`${name}1`, 1)]);
    expect(namesOf(resolvePlugins(plugins))).toBe("a0 b0 c0 d0 a1 b1 c1 d1");
  });

  it("takes a plugin without a priority as one of priority 0", () => {
    expect(
      namesOf(resolvePlugins([plugin("one", 1), plugin("none"), plugin("zero", 0), plugin("below", -1)])),
    ).toBe("below none zero one");
  });

  it("takes fractions and infinities", () => {
    const plugins = [
      plugin("last", Infinity),
      plugin("last too", Infinity),
      plugin("half", 0.5),
      plugin("first", -Infinity),
    ];
    expect(namesOf(resolvePlugins([...plugins, plugin("none")]))).toBe("first none half last last too");
  });

  it("does not depend on dependencies: they ask for presence, not for a place", () => {
    expect(namesOf(resolvePlugins([plugin("user", 0, ["used"]), plugin("used", 0)]))).toBe("user used");
    expect(namesOf(resolvePlugins([plugin("used", 0), plugin("user", 0, ["used", "used"])]))).toBe(
      "used user",
    );
  });
});

describe("the resolved list", () => {
  it("holds the very plugins that were given", () => {
    const [a, b] = [plugin("a", 1), plugin("b", 0)];
    const resolved = resolvePlugins([a, b]);
    expect(resolved[0]).toBe(b);
    expect(resolved[1]).toBe(a);
  });

  it("is frozen", () => {
    const resolved = resolvePlugins([plugin("a")]) as PluginIdentity[];
    expect(Object.isFrozen(resolved)).toBe(true);
    expect(() => resolved.push(plugin("b"))).toThrow(TypeError);
  });

  it("leaves the given list as it was, and is not changed by it later", () => {
    const given = [plugin("a", 1), plugin("b", 0)];
    const resolved = resolvePlugins(given);
    expect(namesOf(given)).toBe("a b");
    given.push(plugin("c"));
    expect(namesOf(resolved)).toBe("b a");
    expect(namesOf(resolvePlugins(Object.freeze([plugin("b", 2), plugin("a", 1)])))).toBe("a b");
  });

  it("of no plugins is empty", () => {
    expect(resolvePlugins([])).toEqual([]);
  });
});

describe("B-8: a fault in the list is thrown with everyone involved:", () => {
  it.each<[string, PluginIdentity[], string, string[]]>([
    ["a duplicate name", [plugin("a"), plugin("b"), plugin("a", 5)], "DUPLICATE_PLUGIN", ["a"]],
    ["a missing dependency", [plugin("a", 0, ["b"])], "MISSING_DEPENDENCY", ["a", "b"]],
    [
      "several missing dependencies at once",
      [plugin("a", 0, ["x", "b", "y"]), plugin("b", 0, ["x"])],
      "MISSING_DEPENDENCY",
      ["a", "x", "y", "b"],
    ],
    ["a dependency on itself", [plugin("a"), plugin("b", 0, ["b"])], "CIRCULAR_DEPENDENCY", ["b"]],
    ["a cycle of two", [plugin("a", 0, ["b"]), plugin("b", 0, ["a"])], "CIRCULAR_DEPENDENCY", ["a", "b"]],
    [
      "a cycle of three, but not who merely leads to it",
      [
        plugin("outside", 0, ["a"]),
        plugin("a", 0, ["b"]),
        plugin("b", 0, ["fine", "c"]),
        plugin("c", 0, ["a"]),
        plugin("fine"),
      ],
      "CIRCULAR_DEPENDENCY",
      ["a", "b", "c"],
    ],
    [
      "a cycle that is found behind a part in order",
      [plugin("a", 0, ["b"]), plugin("b"), plugin("c", 0, ["b", "d"]), plugin("d", 0, ["c"])],
      "CIRCULAR_DEPENDENCY",
      ["c", "d"],
    ],
  ])("%s", (_, plugins, code, involved) => {
    expect(() => resolvePlugins(plugins)).toThrow(
      expect.objectContaining({ name: "PipelineError", code, involved }),
    );
    const mentioned = (error: Error) => involved.every((name) => error.message.includes(`"${name}"`));
    expect(() => resolvePlugins(plugins)).toThrow(expect.toSatisfy(mentioned));
  });

  it("one and the same plugin twice", () => {
    const same = plugin("same");
    expect(() => resolvePlugins([same, plugin("other"), same])).toThrow(
      expect.objectContaining({ code: "DUPLICATE_PLUGIN", involved: ["same"] }),
    );
  });

  it("is none when dependencies meet again without a cycle", () => {
    const diamond = [
      plugin("top", 0, ["left", "right"]),
      plugin("left", 0, ["base"]),
      plugin("right", 0, ["base"]),
    ];
    expect(namesOf(resolvePlugins([...diamond, plugin("base")]))).toBe("top left right base");
  });

  it("is looked for once in each plugin, however many paths lead there", () => {
    let reads = 0;
    const layers = Array.from({ length: 14 }, (_, layer) =>
      ["left", "right"].map((side) => ({
        name: `${side} ${layer}`,
        get dependencies() {
          reads += 1;
          return layer < 13 ? [`left ${layer + 1}`, `right ${layer + 1}`] : [];
        },
      })),
    );
    resolvePlugins(layers.flat());
    expect(reads).toBeLessThan(10 * 28);
  });

  it("is none for names that objects have by nature", () => {
    const natural = [
      plugin("__proto__"),
      plugin("constructor", 0, ["__proto__", "toString"]),
      plugin("toString"),
    ];
    expect(resolvePlugins(natural)).toEqual(natural);
    expect(() => resolvePlugins([plugin("a", 0, ["valueOf"])])).toThrow(
      expect.objectContaining({ code: "MISSING_DEPENDENCY", involved: ["a", "valueOf"] }),
    );
  });
});

describe("what is no list of plugins", () => {
  it.each([undefined, null, "plugins", {}, new Set([{ name: "a" }]), () => []])(
    "%o is refused",
    (plugins) => {
      // @ts-expect-error The types refuse it as well.
      expect(() => resolvePlugins(plugins)).toThrow(expect.objectContaining({ code: "INVALID_PLUGINS" }));
    },
  );

  it.each([undefined, null, "name", 5, {}, { name: "" }, { name: 5 }, [], [[{ name: "nested" }]]])(
    "a list that holds %o is refused, with its index",
    (entry) => {
      const plugins = [plugin("a"), entry as PluginIdentity];
      expect(() => resolvePlugins(plugins)).toThrow(expect.objectContaining({ code: "INVALID_PLUGIN" }));
      expect(() => resolvePlugins(plugins)).toThrow(/\b1\b/);
    },
  );

  it("a function is refused, most likely a plugin's factory that was not called", () => {
    // Functions have names, so the types let them pass.
    expect(() => resolvePlugins([plugin("a"), plugin])).toThrow(
      expect.objectContaining({ code: "INVALID_PLUGIN" }),
    );
  });

  it.each([Number.NaN, "5", null, {}, 5n, true])("a priority of %o is refused, with the name", (priority) => {
    expect(() => resolvePlugins([plugin("a", priority as number)])).toThrow(
      expect.objectContaining({ code: "INVALID_PLUGIN", involved: ["a"] }),
    );
  });

  it.each([null, "b", {}, new Set(["b"]), [5], ["b", undefined]])(
    "dependencies of %o are refused, with the name",
    (needed) => {
      expect(() => resolvePlugins([plugin("a", 0, needed as string[]), plugin("b")])).toThrow(
        expect.objectContaining({ code: "INVALID_PLUGIN", involved: ["a"] }),
      );
    },
  );
});
