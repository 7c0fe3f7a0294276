import { describe, expect, it } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { ApiData } from "../../types.ts";
import { openSocket, type RawSocket, sendRaw } from "../test-support/raw-socket.ts";
import { serve } from "../test-support/serve.ts";
import { createDeferred } from "../test-support/create-deferred.ts";

type Source = UnderlyingDefaultSource<Uint8Array>;

const bytes = (text: string) => new TextEncoder().encode(text);
const GET = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;

/** Serves one stream at `/stream`. */
function serveStream(toSource: (data: ApiData) => Source) {
  const handler = (data: ApiData) => data.setBody(new ReadableStream(toSource(data), { highWaterMark: 0 }));
  return serve({
    routes: {
      stream: defineApi({ method: "GET", handler }),
      ping: defineApi({ method: "GET", handler: () => 1 }),
    },
  });
}

async function ask(port: number): Promise<RawSocket> {
  const socket = await openSocket(port);
  socket.write(GET("/stream"));
  return socket;
}

describe("a streamed reply", () => {
  it("arrives as it is made, headers first", async () => {
    const { promise, resolve } = createDeferred<ReadableStreamDefaultController<Uint8Array>>();
    const { server } = await serveStream(() => ({ start: resolve }));
    const socket = await ask(server.port);
    const controller = await promise;
    expect(await socket.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 OK[^]*transfer-encoding: chunked/i);
    controller.enqueue(bytes("one"));
    await socket.until(/one/);
    controller.enqueue(bytes("two"));
    controller.close();
    expect(await socket.closed()).toMatch(/3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n$/);
  });

  it("waits for a client that reads slowly", async () => {
    let made = 0;
    const chunk = new Uint8Array(64 * 1_024);
    const { server } = await serveStream(() => ({
      pull(controller) {
        made += 1;
        controller.enqueue(chunk);
        if (made === 1_000) controller.close();
      },
    }));
    const socket = await ask(server.port);
    socket.socket.pause();
    // Until nothing is made any more.
    const madeMeanwhile = async () => {
      const before = made;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return before > 0 ? made - before : -1;
    };
    await expect.poll(madeMeanwhile, { timeout: 20_000 }).toBe(0);
    expect(made).toBeLessThan(900);
    socket.socket.resume();
    expect((await socket.closed()).length).toBeGreaterThan(64 * 1_024 * 1_000);
  });

  it("is given up when its client does not read it, and its source is cancelled", async () => {
    const cancelled = createDeferred<unknown>();
    const chunk = new Uint8Array(64 * 1_024);
    const api = defineApi({
      method: "GET",
      handler: ({ setBody }) =>
        setBody(
          new ReadableStream({ pull: (controller) => controller.enqueue(chunk), cancel: cancelled.resolve }),
        ),
    });
    const quiet = defineApi({
      method: "GET",
      handler: () => new Promise((resolve) => setTimeout(resolve, 300, "quiet")),
    });
    const { server } = await serve({ routes: { api, quiet } }, { sendTimeoutMs: 100 });
    const socket = await openSocket(server.port);
    socket.socket.pause();
    socket.write(GET("/api"));
    expect(await cancelled.promise).toMatchObject({ name: "AbortError" });
    // A function may take longer, as its client is not who is waited for.
    expect(await sendRaw(server.port, GET("/quiet"))).toMatch(/"quiet"$/);
  });

  it("B-75: whose source fails breaks off, is logged once, and leaves the process and its other requests alone", async () => {
    const { server, lines } = await serveStream(() => ({
      pull: (controller) => controller.enqueue(bytes("some")),
      start: (controller) => void setTimeout(() => controller.error(new Error("planted")), 20),
    }));
    const text = await (await ask(server.port)).closed();
    expect(text).toMatch(/some/);
    expect(text).not.toMatch(/0\r\n\r\n$|planted/);
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
    expect(await sendRaw(server.port, GET("/ping"))).toMatch(/200 OK/);
  });

  it("B-75: whose source fails at once breaks off too", async () => {
    const { server, lines } = await serveStream(() => ({
      pull: () => {
        throw new Error("planted");
      },
    }));
    expect(await (await ask(server.port)).closed()).not.toMatch(/planted|0\r\n\r\n$/);
    expect(lines).toHaveLength(1);
  });

  it("B-75: whose client leaves cancels its source and aborts the signal", async () => {
    const cancelled = createDeferred<unknown>();
    const aborted = createDeferred<unknown>();
    const { server, lines } = await serveStream(({ signal }) => {
      signal.addEventListener("abort", () => aborted.resolve(signal.reason));
      return { pull: (controller) => controller.enqueue(bytes("x")), cancel: cancelled.resolve };
    });
    const socket = await ask(server.port);
    await socket.until(/x/);
    socket.socket.destroy();
    expect(await cancelled.promise).toMatchObject({ name: "AbortError" });
    expect(await aborted.promise).toMatchObject({ name: "AbortError" });
    expect(lines).toEqual([]);
  });

  it("B-75: whose client leaves while the source is silent cancels it all the same", async () => {
    const cancelled = createDeferred<unknown>();
    const { server } = await serveStream(() => ({ cancel: cancelled.resolve }));
    const socket = await ask(server.port);
    await socket.until(/\r\n\r\n/);
    socket.socket.destroy();
    expect(await cancelled.promise).toMatchObject({ name: "AbortError" });
  });

  it("is cancelled for HEAD, which has no body", async () => {
    const cancelled = createDeferred<unknown>();
    const { server } = await serveStream(() => ({ cancel: cancelled.resolve }));
    expect(await sendRaw(server.port, GET("/stream").replace("GET", "HEAD"))).toMatch(
      /^HTTP\/1\.1 200[^]*\r\n\r\n$/,
    );
    await cancelled.promise;
  });
});
