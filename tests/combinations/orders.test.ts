import { describe, it } from "vitest";
import { orders } from "./orders.ts";
import { playOrder, type Step } from "./play-order.ts";
import { PLUGIN_NAMES, type PluginName } from "./plugins.ts";

type Actor = readonly Step[];

const READER: Actor = ["a read is made", "the read is answered"];
const WRITER: Actor = ["a write is made", "the write is done"];
const DISTURBERS: readonly Actor[] = [["everything is invalidated"], ["somebody else signs in"]];

describe("every pair of plugins, through every order of a read, a write and a disturbance", () => {
  const pairs = PLUGIN_NAMES.flatMap((one, at) =>
    PLUGIN_NAMES.slice(at + 1).map((other) => [one, other] as const),
  );
  it.each(pairs)("%s and %s", async (...pair) => {
    for (const disturber of DISTURBERS)
      for (const order of orders<Step>([READER, WRITER, disturber])) await playOrder(pair, order);
  });
});

describe("two reads of one key, in every order", () => {
  const OTHER: Actor = ["another read is made", "the other read is answered"];
  it.each(PLUGIN_NAMES)("with %s", async (name) => {
    for (const disturber of [[], ...DISTURBERS])
      for (const order of orders<Step>([READER, OTHER, disturber])) await playOrder([name], order);
  });
});

describe("whole stacks, through every order of whatever may become of a read and a write", () => {
  const readers: readonly Actor[] = [
    READER,
    ["a read is made", "the read fails"],
    ["a read is made", "the read is aborted", "the read is answered"],
    ["an observer is mounted", "the read is answered"],
  ];
  const writers: readonly Actor[] = [
    WRITER,
    ["a write is made", "the write is refused"],
    ["a write is made", "the answer of the write is lost"],
  ];
  const disturbers: readonly Actor[] = [...DISTURBERS, ["everything is cleared"], ["an observer is mounted"]];
  const stacks: readonly (readonly PluginName[])[] = [
    ["cache", "deduplication", "retry", "invalidation", "optimistic"],
    ["auth", "persist", "cache", "throttle", "retry", "idempotency", "invalidation", "optimistic", "gc"],
  ];
  const cases = stacks.flatMap((stack) =>
    readers.flatMap((reader) => writers.map((writer) => ({ stack, reader, writer }))),
  );
  it.each(cases)("$stack: $reader and $writer", async ({ stack, reader, writer }) => {
    for (const disturber of disturbers)
      for (const order of orders<Step>([reader, writer, disturber])) await playOrder(stack, order);
  });
});
