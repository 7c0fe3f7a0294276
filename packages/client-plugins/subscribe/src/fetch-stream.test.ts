import { createClient, inProcessTransport, type ClientError } from "@x/client";
import { createSubscription } from "@x/client/subscribe";
import type { ServerResponse } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { fetchStream, type FetchStreamOptions } from "./index.ts";
import { serve } from "./test-support/serve.ts";
import { until, untilTrue } from "./test-support/until.ts";

/** An answer of these bytes in pieces of that size. */
const answering =
  (text: string, size = 3) =>
  (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size));
    response.end();
  };

function subscribeTo(origin: string, options?: FetchStreamOptions) {
  const reported: ClientError[] = [];
  const client = createClient({ baseUrl: origin, onError: (error) => reported.push(error) });
  const stream = createSubscription(client, "stream", {
    adapter: fetchStream(options),
    accumulate: "append",
    reconnect: { delayMs: 1 },
  });
  onTestFinished(() => stream.unmount());
  stream.mount();
  return { client, stream, reported, ended: until(stream, ({ status }) => status === "closed") };
}

describe("fetchStream", () => {
  it("gives each line as JSON, and ends with the body", async () => {
    const { origin, received } = await serve(answering('{"a":"ü"}\n\n[1]\r\n0\nnull\n"last"'));
    const { ended } = subscribeTo(origin);
    const { data, error } = await ended;
    expect([data, error]).toEqual([[{ a: "ü" }, [1], 0, null, "last"], undefined]);
    expect(received).toHaveLength(1);
    expect(received[0]?.headers["accept"]).toContain("application/x-ndjson");
  });

  it("gives lines", async () => {
    const { origin } = await serve(answering("one\ntwo\r\n\nthree"));
    expect((await subscribeTo(origin, { format: "lines" }).ended).data).toEqual(["one", "two", "three"]);
  });

  it("gives text as it comes, with no character cut in two", async () => {
    const { origin } = await serve(answering("Grüße €€€", 1));
    const { data } = await subscribeTo(origin, { format: "text" }).ended;
    expect(data?.join("")).toBe("Grüße €€€");
    expect(data?.every((piece) => !String(piece).includes("\uFFFD"))).toBe(true);
  });

  it("gives bytes as they come", async () => {
    const { origin } = await serve(answering("abc", 1));
    const { data } = await subscribeTo(origin, { format: "bytes" }).ended;
    const bytes = (data as Uint8Array<ArrayBuffer>[]).map((piece) => new Blob([piece]).text());
    expect((await Promise.all(bytes)).join("")).toBe("abc");
  });

  it("ends at once where there is no body", async () => {
    const { origin } = await serve((response) => response.writeHead(204).end());
    expect((await subscribeTo(origin).ended).data).toBeUndefined();
  });

  it("connects again when it is cut off", async () => {
    const { origin, received } = await serve((response) => {
      response.writeHead(200).write("1\n2", () => response.destroy());
    }, answering("3\n"));
    expect((await subscribeTo(origin).ended).data).toEqual([1, 3]);
    expect(received).toHaveLength(2);
  });

  it("leaves out a line that is no JSON, which is reported", async () => {
    const { origin } = await serve(answering("1\nnonsense\n2\n"));
    const { ended, reported } = subscribeTo(origin);
    expect((await ended).data).toEqual([1, 2]);
    expect(reported).toMatchObject([{ code: "INVALID_MESSAGE" }]);
  });

  it("gives up a line without an end, and the subscription with it", async () => {
    const { origin, open } = await serve((response) => {
      response.writeHead(200).write(`1\n${"x".repeat(5_000)}`);
    });
    const { stream } = subscribeTo(origin, { format: "lines", maxLineLength: 1_000 });
    const { error } = await until(stream, ({ status }) => status === "error");
    expect(error).toMatchObject({ code: "MESSAGE_TOO_LARGE" });
    await untilTrue(() => open() === 0);
  });

  it("ends the connection at the other end when it is unmounted", async () => {
    const { origin, open } = await serve((response) => {
      response.writeHead(200).write("1\n");
    });
    const { stream } = subscribeTo(origin);
    await until(stream, ({ data }) => data !== undefined);
    expect(open()).toBe(1);
    stream.unmount();
    await untilTrue(() => open() === 0);
  });

  it("works without a network, and lets go of the body", async () => {
    let cancelled = false;
    const client = createClient({
      transport: inProcessTransport(
        () =>
          new Response(
            new ReadableStream({
              start: (controller) => controller.enqueue(new TextEncoder().encode("1\n")),
              cancel: () => {
                cancelled = true;
              },
            }),
          ),
      ),
    });
    const stream = createSubscription(client, "stream", { adapter: fetchStream() });
    stream.mount();
    await until(stream, ({ data }) => data === 1);
    stream.unmount();
    await untilTrue(() => cancelled);
  });
});
