import { createClient, fetchTransport, inProcessTransport } from "@x/client";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { progress, type TransferProgress } from "./index.ts";
import { serve } from "./test-support/serve.ts";

const TEXT = "0123456789".repeat(20_000);

function follow() {
  const seen: TransferProgress[] = [];
  return { seen, onDownloadProgress: (current: TransferProgress) => void seen.push(current) };
}

/** Whether the bytes only ever grow, and what was told last. */
function summary(seen: readonly TransferProgress[]) {
  const grows = seen.every(
    ({ transferredBytes }, at) => transferredBytes >= (seen[at - 1]?.transferredBytes ?? 0),
  );
  return { grows, last: seen.at(-1) };
}

describe("a download", () => {
  it("B-45: is followed to its end, and read as it would be without", async () => {
    const { origin } = await serve((response) => {
      const body = JSON.stringify({ text: TEXT });
      response
        .writeHead(200, { "content-type": "application/json", "content-length": body.length })
        .end(body);
    });
    const client = createClient({ baseUrl: origin }).use([progress()]);
    const { seen, onDownloadProgress } = follow();
    const { data, headers } = await client.get("file", { onDownloadProgress });
    expect(data).toEqual({ text: TEXT });
    const total = TEXT.length + '{"text":""}'.length;
    expect(headers["content-length"]).toBe(String(total));
    expect(summary(seen)).toEqual({ grows: true, last: { transferredBytes: total, totalBytes: total } });
    expect(seen.every(({ totalBytes }) => totalBytes === total)).toBe(true);
    expect(seen.length).toBeGreaterThan(1);
  });

  it("of unknown length has its total at the end", async () => {
    const { origin } = await serve((response) => {
      response.writeHead(200, { "content-type": "text/plain" }).write("abc");
      response.end("def");
    });
    const client = createClient({ baseUrl: origin }).use([progress()]);
    const { seen, onDownloadProgress } = follow();
    expect((await client.get("file", { onDownloadProgress })).data).toBe("abcdef");
    expect(seen[0]?.totalBytes).toBeUndefined();
    expect(seen.at(-1)).toEqual({ transferredBytes: 6, totalBytes: 6 });
  });

  it("that is compressed is counted decompressed, and not against the length of the compressed", async () => {
    const { origin } = await serve((response) => {
      const body = gzipSync(TEXT);
      const headers = {
        "content-type": "text/plain",
        "content-encoding": "gzip",
        "content-length": body.length,
      };
      response.writeHead(200, headers).end(body);
    });
    const client = createClient({ baseUrl: origin }).use([progress()]);
    const { seen, onDownloadProgress } = follow();
    expect((await client.get("file", { onDownloadProgress })).data).toBe(TEXT);
    expect(seen.slice(0, -1).every(({ totalBytes }) => totalBytes === undefined)).toBe(true);
    expect(seen.at(-1)).toEqual({ transferredBytes: TEXT.length, totalBytes: TEXT.length });
  });

  it.each([
    ["text", TEXT],
    ["arrayBuffer", new TextEncoder().encode(TEXT).buffer],
  ] as const)("is read as %s when that is wanted", async (responseType, expected) => {
    const client = createClient({ transport: inProcessTransport(() => new Response(TEXT)) }).use([
      progress(),
    ]);
    const { seen, onDownloadProgress } = follow();
    const { data } = await client.get("file", { responseType, onDownloadProgress });
    expect(data).toEqual(expected);
    expect(seen.at(-1)?.transferredBytes).toBe(TEXT.length);
  });

  it("is followed while it is read, when a stream is wanted", async () => {
    const client = createClient({ transport: inProcessTransport(() => new Response("abc")) }).use([
      progress(),
    ]);
    const { seen, onDownloadProgress } = follow();
    const { data } = await client.get("file", { responseType: "stream", onDownloadProgress });
    expect(seen).toEqual([]);
    expect(await new Response(data as ReadableStream).text()).toBe("abc");
    expect(seen.at(-1)?.transferredBytes).toBe(3);
  });

  it("keeps the limits of the client's transport", async () => {
    const { origin } = await serve((response) => response.writeHead(200).end(TEXT));
    const transport = fetchTransport({ maxResponseBytes: 1_000 });
    const client = createClient({ baseUrl: origin, transport }).use([progress()]);
    const { error } = await client.get("file", { onDownloadProgress: () => {} });
    expect(error?.code).toBe("RESPONSE_TOO_LARGE");
  });

  it("that is broken off is an error, and one that is no JSON is told as such", async () => {
    const { origin } = await serve((response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write("{", () => response.destroy());
    });
    const client = createClient({ baseUrl: origin }).use([progress()]);
    const onDownloadProgress = () => {};
    expect((await client.get("file", { onDownloadProgress })).error?.code).toBe("NETWORK_ERROR");
    const broken = createClient({
      transport: inProcessTransport(
        () => new Response("{", { headers: { "content-type": "application/json" } }),
      ),
    }).use([progress()]);
    expect((await broken.get("file", { onDownloadProgress })).error?.code).toBe("INVALID_JSON");
  });

  it("that fails is not followed, and its body is read as ever", async () => {
    const client = createClient({
      transport: inProcessTransport(() => Response.json({ reason: "gone" }, { status: 410 })),
    }).use([progress()]);
    const { seen, onDownloadProgress } = follow();
    const { error } = await client.get("file", { onDownloadProgress });
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 410, body: { reason: "gone" } });
    expect(seen).toEqual([]);
  });

  it("of nothing is none", async () => {
    const client = createClient({
      transport: inProcessTransport(() => new Response(null, { status: 204 })),
    }).use([progress()]);
    const { seen, onDownloadProgress } = follow();
    expect(await client.get("file", { onDownloadProgress })).toMatchObject({ status: 204, data: undefined });
    expect(seen).toEqual([]);
  });

  it("is aborted like any other", async () => {
    const { origin } = await serve((response) => response.writeHead(200).write("abc"));
    const client = createClient({ baseUrl: origin }).use([progress()]);
    const controller = new AbortController();
    const { aborted } = await client.get("file", {
      signal: controller.signal,
      onDownloadProgress: () => controller.abort(),
    });
    expect(aborted).toBe(true);
  });

  it("B-45: of a transport without streams is reported once, and arrives", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("GET file", { data: "whole" });
    const following = client.use([progress()]);
    const { seen, onDownloadProgress } = follow();
    for (let time = 0; time < 2; time += 1)
      expect((await following.get("file", { onDownloadProgress })).data).toBe("whole");
    expect(seen).toEqual([]);
    expect(reported.map(({ code, plugin }) => [code, plugin])).toEqual([
      ["PROGRESS_UNAVAILABLE", "progress"],
    ]);
  });

  it("survives a listener that throws", async () => {
    const reported: unknown[] = [];
    const client = createClient({
      transport: inProcessTransport(() => new Response("abc")),
      onError: ({ code }) => reported.push(code),
    }).use([progress()]);
    const onDownloadProgress = () => {
      throw new Error("no");
    };
    expect((await client.get("file", { onDownloadProgress })).data).toBe("abc");
    expect(new Set(reported)).toEqual(new Set(["LISTENER_THREW"]));
  });
});

describe("a request without listeners", () => {
  it("goes as it would without the plugin", async () => {
    const { client, transport, reported } = createTestBench();
    transport.reply("POST file", { data: 1 });
    const body = new Blob(["abc"]);
    await client.use([progress()]).post("file", { body });
    expect(transport.requests[0]).toMatchObject({ body, responseType: undefined });
    expect(reported).toEqual([]);
  });
});

it("each attempt of a retry is followed anew, and once", async () => {
  let attempt = 0;
  const client = createClient({
    transport: inProcessTransport(() => new Response("abc", { status: (attempt += 1) === 1 ? 206 : 200 })),
  }).use([
    progress(),
    {
      name: "test:again",
      repeatable: true,
      async middleware(_, next) {
        await next();
        return next();
      },
    },
  ]);
  const { seen, onDownloadProgress } = follow();
  await client.get("file", { onDownloadProgress });
  await flushMicrotasks();
  expect(seen.map(({ transferredBytes, totalBytes }) => [transferredBytes, totalBytes])).toEqual([
    [3, undefined],
    [3, 3],
    [3, undefined],
    [3, 3],
  ]);
});
