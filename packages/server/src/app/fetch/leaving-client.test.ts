import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import { eventStream } from "../../http/event-stream/event-stream.ts";
import type { ApiData } from "../../types.ts";
import { createDeferred } from "../test-support/create-deferred.ts";
import { serve } from "../test-support/serve.ts";

/** What becomes of a request whose client leaves. */
function createWitness() {
  const started = createDeferred<void>();
  const aborted = createDeferred<unknown>();
  const ended = createDeferred<void>();
  const watch = ({ signal }: ApiData) => {
    signal.addEventListener("abort", () => aborted.resolve(signal.reason));
    started.resolve();
  };
  return { started, aborted, ended, watch };
}

type Witness = ReturnType<typeof createWitness>;

const ways: Readonly<Record<string, (witness: Witness, data: ApiData) => unknown>> = {
  "while the handler works": ({ watch, ended }, data) => {
    watch(data);
    return new Promise<void>((resolve) => data.signal.addEventListener("abort", () => resolve())).finally(
      () => ended.resolve(),
    );
  },
  "in the middle of a stream": ({ watch, ended }, data) => {
    watch(data);
    const chunk = new TextEncoder().encode("x");
    return new ReadableStream({
      start: (controller) => controller.enqueue(chunk),
      cancel: () => ended.resolve(),
    });
  },
  "in the middle of a generator": ({ watch, ended }, data) =>
    (async function* () {
      watch(data);
      try {
        while (!data.signal.aborted) {
          yield "x";
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      } finally {
        ended.resolve();
      }
    })(),
  "in the middle of an event stream": ({ watch, ended }, data) => {
    const { signal } = data;
    const events = (async function* () {
      watch(data);
      try {
        yield { data: 1 };
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      } finally {
        ended.resolve();
      }
    })();
    return eventStream(events, { signal, heartbeatMs: 0 });
  },
};

describe.each(["over the network", "in process"])("B-75: a client that leaves %s", (place) => {
  it.each(Object.keys(ways))("%s aborts data.signal and ends the source", async (way) => {
    const witness = createWitness();
    const api = defineApi({ method: "GET", handler: (data) => ways[way]!(witness, data) });
    const { app, server, lines } = await serve({ routes: { api } });
    const controller = new AbortController();
    const { signal } = controller;
    const asking =
      place === "in process"
        ? app.fetch(new Request("http://localhost/api", { signal }))
        : fetch(`${server.url}/api`, { signal });
    const read = asking.then((response) => response.text()).catch((error: unknown) => error);
    // What a generator began with has been asked for by then: one that has not begun has nothing to end.
    await witness.started.promise;
    if (way !== "while the handler works") await asking;
    controller.abort();
    expect(await witness.aborted.promise).toMatchObject({ name: "AbortError" });
    await witness.ended.promise;
    await read;
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});

it("B-75: a stream in process fails for whoever still reads it, and is none of the app's any more", async () => {
  const cancelled = createDeferred<unknown>();
  const api = defineApi({
    method: "GET",
    handler: () =>
      new ReadableStream({
        cancel: (reason) => {
          cancelled.resolve(reason);
          throw new Error("planted");
        },
      }),
  });
  const { app, lines } = await serve({ routes: { api } });
  const controller = new AbortController();
  const response = await app.fetch(new Request("http://localhost/api", { signal: controller.signal }));
  const reading = response.text();
  controller.abort(new Error("left"));
  await expect(reading).rejects.toThrow("left");
  expect(await cancelled.promise).toMatchObject({ message: "left" });
  await app.close({ graceMs: 0 });
  expect(lines.filter(({ level }) => level === "warn")).toEqual([]);
});
