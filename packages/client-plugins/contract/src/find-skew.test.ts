import { describe, expect, it } from "vitest";
import type { ContractSkew } from "./index.ts";
import { isContractSkew } from "./index.ts";
import type { EndpointShapes, Shape } from "./shape.ts";
import { endpoint, object } from "./test-support/endpoint.ts";
import { withContract } from "./test-support/with-contract.ts";

type Parts = Partial<Omit<EndpointShapes, "hash">>;

/** What a client that was built with `known` tells of a server that has become `current`, as text. */
async function skewOf(known: Parts, current: Parts): Promise<string[]> {
  const { client, server } = withContract(endpoint("built", known));
  server.change(endpoint("current", current));
  const { error, data } = await client.post("orders");
  return isContractSkew(error) ? error.data.map(toText) : data === "done" ? [] : ["another failure"];
}

const toText = ({ side, field, problem }: ContractSkew) => `${side} ${field} ${problem}`;
const sku = object({ sku: "string" });

describe("what a server takes", () => {
  it.each<[name: string, known: Shape, current: Shape]>([
    ["an optional field more", sku, object({ sku: "string", note: { optional: "string" } })],
    ["a field less often", sku, object({ sku: { optional: "string" } })],
    [
      "any further fields",
      object({ sku: "string", note: "number" }),
      { object: { sku: "string" }, rest: "unknown" },
    ],
    ["another type as well", sku, object({ sku: { anyOf: ["string", "number"] } })],
    [
      "all texts where it took two",
      object({ sort: { anyOf: [{ const: "up" }, { const: "down" }] } }),
      object({ sort: "string" }),
    ],
    [
      "both truths by themselves",
      object({ all: "boolean" }),
      object({ all: { anyOf: [{ const: true }, { const: false }] } }),
    ],
    [
      "lists where it took pairs",
      object({ pair: { tuple: ["string", "string"] } }),
      object({ pair: { array: "string" } }),
    ],
    ["a file that may be left out", sku, object({ sku: "string", photo: { optional: "file" } })],
    ["anything", sku, "unknown"],
    ["something where it was never called", "never", sku],
    [
      "what it took, or more kinds of it",
      object({ kind: { const: "a" }, a: "string" }),
      { anyOf: [object({ kind: { const: "b" } }), object({ kind: { const: "a" }, a: "string" })] },
    ],
  ])("may be more: %s", async (_name, known, current) => {
    expect(await skewOf({ input: known }, { input: current })).toEqual([]);
  });

  it.each<[name: string, known: Shape, current: Shape, skew: string[]]>([
    ["a field more", sku, object({ sku: "string", left: "number" }), ["input left required"]],
    ["a file more", sku, object({ sku: "string", photo: "file" }), ["input photo required"]],
    [
      "a text where it took a file",
      object({ photo: "file" }),
      object({ photo: "string" }),
      ["input photo type"],
    ],
    [
      "one file where it took several",
      object({ photos: { array: "file" } }),
      object({ photos: "file" }),
      ["input photos type"],
    ],
    ["a field that could be left out", object({ sku: { optional: "string" } }), sku, ["input sku required"]],
    ["another name of it", sku, object({ id: "string" }), ["input id required", "input sku removed"]],
    ["no such field", object({ sku: "string", note: { optional: "string" } }), sku, ["input note removed"]],
    ["another type", sku, object({ sku: "number" }), ["input sku type"]],
    ["no null", object({ sku: { anyOf: ["string", "null"] } }), sku, ["input sku type"]],
    [
      "fewer texts",
      object({ sort: { anyOf: [{ const: "up" }, { const: "down" }] } }),
      object({ sort: { const: "up" } }),
      ["input sort type"],
    ],
    [
      "one truth alone",
      object({ all: "boolean" }),
      object({ all: { anyOf: [{ const: true }, "null"] } }),
      ["input all type"],
    ],
    [
      "deep inside",
      object({ lines: { array: sku } }),
      object({ lines: { array: object({ sku: "number" }) } }),
      ["input lines[].sku type"],
    ],
    [
      "of a pair",
      object({ pair: { tuple: ["string", "string"] } }),
      object({ pair: { tuple: ["string", "number"] } }),
      ["input pair[1] type"],
    ],
    [
      "longer lists",
      object({ pair: { tuple: ["string"] } }),
      object({ pair: { tuple: ["string", "string"] } }),
      ["input pair type"],
    ],
    [
      "pairs where it took lists",
      object({ pair: { array: "string" } }),
      object({ pair: { tuple: ["string"] } }),
      ["input pair type"],
    ],
    [
      "of what is under any name",
      { object: {}, rest: "string" },
      { object: {}, rest: "number" },
      ["input * type"],
    ],
    ["no further fields", { object: {}, rest: "unknown" }, sku, ["input sku required", "input * removed"]],
    ["a form where anything went", "unknown", sku, ["input  type"]],
    ["a text where it took an object", sku, "string", ["input  type"]],
    [
      "one kind of several, of which it says what the nearest lacks",
      object({ kind: { const: "a" } }),
      {
        anyOf: [object({ kind: { const: "b" }, b: "string" }), object({ kind: { const: "a" }, a: "string" })],
      },
      ["input a required"],
    ],
  ])("breaks clients by less: %s", async (_name, known, current, skew) => {
    expect(await skewOf({ input: known }, { input: current })).toEqual(skew);
  });
});

describe("what a server gives", () => {
  it.each<[name: string, known: Shape, current: Shape]>([
    ["a field more", sku, object({ sku: "string", left: "number" })],
    ["a field always", object({ sku: { optional: "string" } }), sku],
    ["no field that was not always there", object({ sku: { optional: "string" } }), object({})],
    ["fewer types of it", object({ sku: { anyOf: ["string", "null"] } }), sku],
    ["one text of many", object({ sku: "string" }), object({ sku: { const: "tea" } })],
    ["something where nothing was promised", "unknown", sku],
    ["never anything", sku, "never"],
  ])("may be more: %s", async (_name, known, current) => {
    expect(await skewOf({ output: known }, { output: current })).toEqual([]);
  });

  it.each<[name: string, known: Shape, current: Shape, skew: string[]]>([
    [
      "a field less",
      object({ items: { array: sku } }),
      object({ items: { array: object({}) } }),
      ["output items[].sku removed"],
    ],
    [
      "a field that is not always there",
      sku,
      object({ sku: { optional: "string" } }),
      ["output sku optional"],
    ],
    ["null at times", sku, object({ sku: { anyOf: ["string", "null"] } }), ["output sku type"]],
    [
      "a new kind",
      object({ kind: { const: "a" } }),
      object({ kind: { anyOf: [{ const: "a" }, { const: "b" }] } }),
      ["output kind type"],
    ],
    ["nothing", sku, "unknown", ["output  type"]],
    [
      "another type under some name",
      { object: {}, rest: "string" },
      object({ tea: "number" }),
      ["output tea type"],
    ],
  ])("breaks clients by less: %s", async (_name, known, current, skew) => {
    expect(await skewOf({ output: known }, { output: current })).toEqual(skew);
  });
});

describe("what a server declares of its errors", () => {
  const known = { errors: { GONE: "unknown", OUT_OF_STOCK: object({ left: "number" }) } } as const;

  it("may be new ones, or fewer", async () => {
    expect(await skewOf(known, { errors: { LOCKED: sku } })).toEqual([]);
  });

  it("breaks clients by less data of one", async () => {
    expect(await skewOf(known, { errors: { OUT_OF_STOCK: object({}) } })).toEqual([
      "error OUT_OF_STOCK.left removed",
    ]);
  });
});

describe("what contains itself", () => {
  const tree = (value: Shape, name = "1"): Shape => ({
    ref: `#/defs/${name}`,
    defs: { [name]: object({ value, children: { array: { ref: `#/defs/${name}` } } }) },
  });

  it("is compared as far as it differs", async () => {
    expect(await skewOf({ output: tree("string") }, { output: tree("string", "node") })).toEqual([]);
    expect(await skewOf({ output: tree("string") }, { output: tree("number") })).toEqual([
      "output value type",
    ]);
  });

  it("may be written out further at one end", async () => {
    const written: Shape = {
      ...(object({ value: "string", children: { array: { ref: "#/defs/1" } } }) as object),
      defs: { "1": object({ value: "string", children: { array: { ref: "#/defs/1" } } }) },
    };
    expect(await skewOf({ output: tree("string") }, { output: written })).toEqual([]);
    expect(await skewOf({ output: written }, { output: tree("string") })).toEqual([]);
  });

  it("leads to anything where its name leads nowhere", async () => {
    expect(await skewOf({ output: { ref: "#/defs/9" } }, { output: sku })).toEqual([]);
  });
});
