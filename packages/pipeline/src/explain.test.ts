import { describe, expect, it } from "vitest";
import { explain } from "./explain.ts";
import { resolvePlugins } from "./resolve-plugins.ts";

const plugins = [
  { name: "retry" },
  { name: "cache", priority: -10, dependencies: ["clock", "retry"] },
  { name: "log", priority: 5 },
  { name: "clock", priority: -10 },
];

describe("explain()", () => {
  it("tells place, registration, priority, dependencies and reason of each plugin, outermost first", () => {
    expect(explain(plugins).plugins).toEqual([
      {
        name: "cache",
        position: 1,
        registered: 2,
        priority: -10,
        dependencies: ["clock", "retry"],
        reason: "priority -10, before every higher one",
      },
      {
        name: "clock",
        position: 2,
        registered: 4,
        priority: -10,
        dependencies: [],
        reason: "priority -10, registered after cache",
      },
      {
        name: "retry",
        position: 3,
        registered: 1,
        priority: 0,
        dependencies: [],
        reason: "priority 0, before every higher one",
      },
      { name: "log", position: 4, registered: 3, priority: 5, dependencies: [], reason: "priority 5" },
    ]);
  });

  it("tells the order that resolvePlugins() gives", () => {
    const names = explain(plugins).plugins.map(({ name }) => name);
    expect(names).toEqual(resolvePlugins(plugins).map(({ name }) => name));
  });

  it("becomes one line of text a plugin", () => {
    expect(String(explain(plugins)).split("\n")).toEqual([
      "1. cache: priority -10, before every higher one (needs clock, retry)",
      "2. clock: priority -10, registered after cache",
      "3. retry: priority 0, before every higher one",
      "4. log: priority 5",
    ]);
  });

  it("names one need as it names several, and finds nothing to say of equals with nothing above them", () => {
    const explanation = explain([{ name: "a", dependencies: ["b"] }, { name: "b" }]);
    expect(String(explanation)).toBe("1. a: priority 0 (needs b)\n2. b: priority 0, registered after a");
  });

  it("becomes a Mermaid flowchart: the way of a request, and dotted what needs what", () => {
    expect(explain(plugins).toMermaid().split("\n")).toEqual([
      "flowchart LR",
      '  p1["cache"]',
      '  p2["clock"]',
      '  p3["retry"]',
      '  p4["log"]',
      "  request([request]) --> p1 --> p2 --> p3 --> p4 --> core([core])",
      "  p1 -. needs .-> p2",
      "  p1 -. needs .-> p3",
    ]);
  });

  it("of no plugins is empty, and its diagram leads from the request to the core", () => {
    const explanation = explain([]);
    expect(explanation.plugins).toEqual([]);
    expect(String(explanation)).toBe("");
    expect(explanation.toMermaid()).toBe("flowchart LR\n  request([request]) --> core([core])");
  });

  it("throws what resolvePlugins() throws", () => {
    expect(() => explain([{ name: "a", dependencies: ["b"] }])).toThrow(
      expect.objectContaining({ code: "MISSING_DEPENDENCY", involved: ["a", "b"] }),
    );
  });

  it("is data that the plugins cannot change afterwards, and that becomes JSON", () => {
    const dependencies: string[] = [];
    const explanation = explain([{ name: "a", dependencies }]);
    dependencies.push("b");
    expect(explanation.plugins[0]!.dependencies).toEqual([]);
    expect(JSON.parse(JSON.stringify(explanation))).toMatchObject({ plugins: [{ name: "a", position: 1 }] });
  });
});

const labelOf = (name: string) =>
  explain([{ name }])
    .toMermaid()
    .match(/^ {2}p1\["(?<label>.*)"\]$/ms)?.groups?.["label"];

describe("names in a Mermaid diagram", () => {
  it.each(["vendor:word", "@x/client-cache", "end", "naïve ☃", "a --> b", "[x](y){z}", "graph TD; a;"])(
    "%s stands as it is, between quotes",
    (name) => {
      expect(labelOf(name)).toBe(name);
    },
  );

  it.each([
    ['a"b', "a#34;b"],
    ["a#quot;b", "a#35;quot;b"],
    ["<b>a</b>", "#60;b>a#60;/b>"],
    ["a&amp;b", "a#38;amp;b"],
    ["`a`", "#96;a#96;"],
    ["a\nb", "a#10;b"],
  ])("%j, which Mermaid would read as markup, is escaped", (name, label) => {
    expect(labelOf(name)).toBe(label);
  });
});
