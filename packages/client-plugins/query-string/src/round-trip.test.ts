import { createTestBench } from "@x/client/testing";
import {
  array,
  assert,
  asyncProperty,
  dictionary,
  letrec,
  oneof,
  string,
  stringMatching,
  type Arbitrary,
} from "fast-check";
import { parse } from "qs";
import { describe, expect, it } from "vitest";
import { queryString, type QueryStringOptions } from "./index.ts";

/** What a query can carry: texts, and non-empty objects and arrays of them. */
function queries(...inArrays: readonly ("text" | "object" | "array")[]): Arbitrary<Record<string, unknown>> {
  const name = stringMatching(/^[a-z][\w-]{0,6}$/);
  const { object } = letrec<{
    text: string;
    object: Record<string, unknown>;
    array: unknown[];
    value: unknown;
  }>((tie) => ({
    text: string({ unit: "grapheme", maxLength: 5 }),
    value: oneof({ maxDepth: 4, withCrossShrink: true }, tie("text"), tie("object"), tie("array")),
    object: dictionary(name, tie("value"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    array: array(oneof({ maxDepth: 4 }, ...inArrays.map((kind) => tie(kind))), {
      minLength: 1,
      maxLength: 4,
    }),
  }));
  return object;
}

/** Sends a query and reads it as servers with `qs` do, such as Express. */
async function roundTrip(query: object, options: QueryStringOptions, parsing: object): Promise<unknown> {
  const { client, transport } = createTestBench();
  transport.reply("GET items", { data: 1 });
  await client.use([queryString(options)]).get("items", { query });
  return parse(transport.requests[0]!.url.split("?")[1] ?? "", {
    depth: 50,
    arrayLimit: 50,
    parameterLimit: 100_000,
    ...parsing,
  });
}

describe("what is written is read as it was", () => {
  it("with indices, whatever is nested in whatever", async () => {
    await assert(
      asyncProperty(queries("text", "object", "array"), async (query) => {
        expect(await roundTrip(query, {}, {})).toEqual(query);
        expect(await roundTrip(query, { nestingSyntax: "js" }, { allowDots: true })).toEqual(query);
      }),
    );
  });

  it("with brackets and repeated names, where arrays hold texts", async () => {
    await assert(
      asyncProperty(queries("text"), async (query) => {
        expect(await roundTrip(query, { arrayFormat: "brackets" }, {})).toEqual(query);
        const repeated = await roundTrip(query, { arrayFormat: "repeat" }, {});
        // One of its kind cannot be told from a single value.
        expect(flattenSingles(repeated)).toEqual(flattenSingles(query));
      }),
    );
  });
});

function flattenSingles(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? flattenSingles(value[0]) : value.map(flattenSingles);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, flattenSingles(item)]));
}
