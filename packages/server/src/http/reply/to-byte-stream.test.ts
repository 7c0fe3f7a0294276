import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { HttpError } from "../../errors.ts";
import { defineApi } from "../../api/define-api.ts";
import type { ApiData, Plugin } from "../../types.ts";
import { askApi } from "../ask-api.ts";

const running = (handler: (data: ApiData) => unknown, ...plugins: readonly Plugin[]) =>
  askApi(defineApi({ method: ["GET", "POST"], plugins, handler: (data) => handler(data as ApiData) }));

/** `ReadableStream.from`, which the types do not know yet. */
function toStream(source: AsyncIterable<unknown>): ReadableStream<unknown> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function* generate(...chunks: readonly unknown[]) {
  yield* chunks;
}

/** A source that notes what becomes of it. */
function watched() {
  const seen = { reads: 0, cancelled: undefined as unknown };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.reads += 1;
        controller.enqueue(new Uint8Array([97]));
      },
      cancel(reason) {
        seen.cancelled = reason ?? "without a reason";
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, stream };
}

const bodyOf = async (api: ReturnType<typeof running>): Promise<ReadableStream<Uint8Array>> => {
  const { body } = await api.reply();
  if (!(body instanceof ReadableStream)) throw new TypeError("no stream");
  return body;
};

describe("a stream", () => {
  it.each<[string, () => unknown]>([
    ["a web stream", () => new Blob(["ab", "c"]).stream()],
    ["a web stream of text", () => toStream(generate("ab", "c"))],
    [
      "an async generator of text, bytes and nothing",
      () => generate("a", new Uint8Array([98]), "", new Uint8Array([99]).buffer),
    ],
    ["a stream of Node", () => Readable.from(["ab", "c"])],
    [
      "an async iterable without return()",
      () => ({
        [Symbol.asyncIterator]: () => {
          const chunks = ["ab", "c"];
          return { next: async () => ({ done: chunks.length === 0, value: chunks.shift() }) };
        },
      }),
    ],
  ])("goes out as it comes: %s", async (_, source) => {
    const { status, text, headers } = await running(source).ask();
    expect({ status, text }).toEqual({ status: 200, text: "abc" });
    expect(headers).toEqual({
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
    });
  });

  it("has the type and the length that it is given", async () => {
    const api = running(({ setContentType, setHeader }) => {
      setContentType("text/csv");
      setHeader("content-length", 3);
      return generate("abc");
    });
    expect((await api.ask()).headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "content-length": "3",
    });
  });

  it("keeps UTF-8 whole, wherever its chunks are cut", async () => {
    const bytes = new TextEncoder().encode("żółw");
    const api = running(() => generate(...[...bytes].map((byte) => new Uint8Array([byte]))));
    expect((await api.ask()).text).toBe("żółw");
  });

  it("B-75: is read only as far as somebody reads the reply", async () => {
    const { seen, stream } = watched();
    const reader = (await bodyOf(running(() => stream))).getReader();
    expect(seen.reads).toBe(0);
    await reader.read();
    await reader.read();
    expect(seen.reads).toBe(2);
    await reader.cancel();
  });

  it("B-75: is cancelled when the client leaves, with the reason", async () => {
    const { seen, stream } = watched();
    const body = await bodyOf(running(() => stream));
    await body.cancel("client left");
    expect(seen.cancelled).toBe("client left");
  });

  it("B-75: ends its generator when the client leaves, also in the middle, and its failure to end is logged", async () => {
    let ended = 0;
    const source = (end: () => unknown): AsyncIterable<string> => ({
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: "a" }),
        return: async () => {
          ended += 1;
          end();
          return { done: true, value: undefined };
        },
      }),
    });
    const failing = (): never => {
      throw new Error("could not end");
    };
    for (const [end, levels] of [
      [() => {}, []],
      [failing, ["error"]],
    ] as const) {
      const api = running(() => source(end));
      const reader = (await bodyOf(api)).getReader();
      await reader.read();
      await reader.cancel();
      expect(api.lines.map(({ level }) => level)).toEqual(levels);
    }
    expect(ended).toBe(2);
  });

  it("B-75: destroys a stream of Node when the client leaves", async () => {
    const stream = new Readable({ read() {} });
    const api = running(() => stream);
    const body = await bodyOf(api);
    const reader = body.getReader();
    const reading = reader.read();
    await reader.cancel();
    await reading;
    stream.push("late");
    await wait(0);
    expect(stream.destroyed).toBe(true);
    expect(api.lines).toEqual([]);
  });

  it("B-75: ends the reply when it fails half-way, and is logged once with the request's id", async () => {
    async function* failing() {
      yield "a";
      throw new Error("disk broke");
    }
    for (const source of [failing, () => toStream(failing()), () => Readable.from(failing())]) {
      const api = running(source);
      const reader = (await bodyOf(api)).getReader();
      expect(new TextDecoder().decode((await reader.read()).value)).toBe("a");
      await expect(reader.read()).rejects.toThrow("disk broke");
      expect(api.lines).toMatchObject([
        {
          level: "error",
          message: "the reply's stream failed",
          fields: { requestId: expect.any(String), err: { message: "disk broke" } },
        },
      ]);
    }
  });

  it("B-75: is no failure when what it is still asked for fails once the client has left", async () => {
    let fail: ((error: Error) => void) | undefined;
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<string>>((_, reject) => (fail = reject)),
      }),
    };
    const api = running(() => source);
    const reader = (await bodyOf(api)).getReader();
    const reading = reader.read();
    await reader.cancel();
    fail!(new Error("connection closed"));
    expect(await reading).toMatchObject({ done: true });
    await wait(0);
    expect(api.lines).toEqual([]);
  });

  it("B-75: is no failure when it breaks off because the client has left", async () => {
    const controller = new AbortController();
    const api = running(async function* source({ signal }) {
      yield "a";
      await wait(60_000, undefined, { signal });
    });
    const { body } = await api.reply({ signalSource: () => controller.signal });
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    const reading = reader.read();
    controller.abort();
    await expect(reading).rejects.toThrow("aborted");
    expect(api.lines.filter(({ level }) => level !== "debug")).toEqual([]);
  });

  it.each([{ a: 1 }, 1, null, undefined, [1]])(
    "fails with a code when it gives %j, which is neither text nor bytes, and is ended",
    async (chunk) => {
      let ended = false;
      const api = running(async function* source() {
        try {
          yield chunk;
        } finally {
          ended = true;
        }
      });
      const reader = (await bodyOf(api)).getReader();
      await expect(reader.read()).rejects.toMatchObject({ code: "INVALID_REPLY" });
      expect(ended).toBe(true);
      expect(api.lines).toHaveLength(1);
    },
  );

  it("B-75: that fails before anybody reads it does not end the process", async () => {
    const slow: Plugin = {
      type: "slow",
      name: "slow",
      async onInvoke(_, next) {
        await next();
        await wait(20);
      },
    };
    const api = running(() => createReadStream("/does/not/exist"), slow);
    const body = await bodyOf(api);
    await wait(20);
    await expect(body.getReader().read()).rejects.toMatchObject({ code: "ENOENT" });
    expect(api.lines).toHaveLength(1);
  });

  it("is let go when nobody is going to read it: for HEAD, a failed plugin, or a status without a body", async () => {
    const failing: Plugin = {
      type: "failing",
      name: "failing",
      async onInvoke(_, next) {
        await next();
        throw new HttpError({ statusCode: 409 });
      },
    };
    const head = watched();
    await running(() => head.stream).reply({ method: "HEAD" });
    const failed = watched();
    expect(await running(() => failed.stream, failing).reply()).toMatchObject({ status: 409 });
    const response = watched();
    await running(() => new Response(response.stream), failing).reply();
    const bodiless = watched();
    const api = running(({ setStatusCode }) => {
      setStatusCode(204);
      return bodiless.stream;
    });
    expect(await api.reply()).toMatchObject({ status: 204, body: null });
    for (const { seen } of [head, failed, response, bodiless])
      expect(seen).toEqual({ reads: 0, cancelled: "without a reason" });

    const node = new Readable({ read() {} });
    await running(() => node, failing).reply();
    expect(node.destroyed).toBe(true);
  });

  it("is an opaque 500 when somebody else reads it already", async () => {
    const { stream } = watched();
    stream.getReader();
    const api = running(() => stream);
    expect((await api.ask()).status).toBe(500);
    expect(api.lines).toMatchObject([{ fields: { err: { code: "INVALID_REPLY" } } }]);
  });
});
