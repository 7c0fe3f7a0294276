import { describe, expect, it } from "vitest";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench } from "../testing/index.ts";
import type { InstanceContext, InstrumentSteps } from "./context-types.ts";

/** A client with a plugin that may wrap steps at any time, and what its wrap has noted. */
function instrumented() {
  const bench = createTestBench({ instrument: noting("client") });
  const notes: string[] = [];
  let instrument: InstanceContext["instrument"] | undefined;
  const wrapper: ClientPlugin = {
    name: "test:wrapper",
    setup(scope) {
      instrument = scope.instrument;
    },
  };
  const passing: ClientPlugin = { name: "test:passing", middleware: (_, next) => next() };

  function noting(name: string): InstrumentSteps {
    return (steps, operation) =>
      steps.map(({ run, ...step }) => ({
        ...step,
        run(context, next) {
          notes.push(`${name} ${operation} ${step.name}`);
          return run(context, next);
        },
      }));
  }

  bench.transport.reply("GET posts", { data: 1 }).reply("POST posts", { data: 1 });
  const client = bench.client.use([wrapper, passing]);
  return { ...bench, client, notes, wrap: (name: string) => instrument!(noting(name)) };
}

describe("instrument", () => {
  it("wraps the steps of requests that are made from then on, of every operation, until it is ended", async () => {
    const { client, notes, wrap } = instrumented();
    await client.get("posts");
    const end = wrap("plugin");
    await client.get("posts");
    await client.post("posts");
    end();
    await client.get("posts");
    expect(notes).toEqual([
      "client read test:passing",
      "plugin read test:passing",
      "client read test:passing",
      "plugin write test:passing",
      "client write test:passing",
      "client read test:passing",
    ]);
  });

  it("leaves requests alone that are under way", async () => {
    const { client, transport, notes, wrap } = instrumented();
    const held = transport.hold("GET slow");
    const end = wrap("plugin");
    const read = client.get("slow");
    end();
    held[0]?.reply({ data: 1 });
    expect((await read).data).toBe(1);
    expect(notes).toEqual(["plugin read test:passing", "client read test:passing"]);
  });

  it("may be given several times, later ones outside, and each is ended by itself, once", async () => {
    const { client, notes, wrap } = instrumented();
    const ends = [wrap("inner"), wrap("outer")];
    await client.get("posts");
    expect(notes.map((note) => note.split(" ", 1)[0])).toEqual(["outer", "inner", "client"]);
    notes.length = 0;
    ends[0]?.();
    ends[0]?.();
    await client.get("posts");
    expect(notes.map((note) => note.split(" ", 1)[0])).toEqual(["outer", "client"]);
  });
});
