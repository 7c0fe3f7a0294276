import { createClient, type ClientConfig, type ClientError } from "@x/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { progress, type ProgressOptions, type TransferProgress } from "./index.ts";
import { FetchXhr } from "./test-support/fetch-xhr.ts";
import { serve } from "./test-support/serve.ts";

afterEach(() => void vi.unstubAllGlobals());

const TEXT = "0123456789".repeat(50_000);

/** A server that answers with how many bytes it got, and a client that follows. */
async function uploading(config: ClientConfig = {}) {
  const server = await serve((response, { body }) => {
    response.writeHead(200, { "content-type": "application/json" }).end(String(body.byteLength));
  });
  const reported: ClientError[] = [];
  const client = createClient({
    baseUrl: server.origin,
    onError: (error) => reported.push(error),
    ...config,
  }).use([progress()]);
  const seen: TransferProgress[] = [];
  const send = (body: unknown, options?: ProgressOptions & { signal?: AbortSignal }) =>
    client.post("files", { body, onUploadProgress: (current) => void seen.push(current), ...options });
  return { ...server, client, reported, seen, send };
}

const grows = (seen: readonly TransferProgress[]) =>
  seen.every(({ transferredBytes }, at) => transferredBytes >= (seen[at - 1]?.transferredBytes ?? 0));

describe("an upload where fetch takes streams", () => {
  const bytes = new TextEncoder().encode(TEXT);
  it.each<[string, unknown, string | undefined, number]>([
    ["a text", TEXT, "text/plain;charset=UTF-8", TEXT.length],
    ["JSON", { text: TEXT }, "application/json", TEXT.length + '{"text":""}'.length],
    ["a blob", new Blob([TEXT], { type: "image/png" }), "image/png", TEXT.length],
    ["a blob of no type", new Blob([TEXT]), undefined, TEXT.length],
    ["bytes", bytes, undefined, TEXT.length],
    ["a buffer", bytes.buffer, undefined, TEXT.length],
    [
      "URL parameters",
      new URLSearchParams({ text: "ä b" }),
      "application/x-www-form-urlencoded;charset=UTF-8",
      "text=%C3%A4+b".length,
    ],
  ])("B-45: of %s is followed to its end, and arrives as it would without", async (_, body, type, size) => {
    const { send, seen, received, reported } = await uploading();
    expect((await send(body)).data).toBe(size);
    expect(received[0]?.headers["content-type"]).toBe(type);
    // Not in chunks, which some servers refuse.
    expect(received[0]?.headers["content-length"]).toBe(String(size));
    expect(seen.at(-1)).toEqual({ transferredBytes: size, totalBytes: size });
    expect(grows(seen)).toBe(true);
    expect(reported).toEqual([]);
  });

  it("of a form has its total at the end, and its boundary in the content type", async () => {
    const { send, seen, received } = await uploading();
    const form = new FormData();
    form.set("file", new File([TEXT], "a.txt"));
    const { data } = await send(form);
    expect(received[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(new TextDecoder().decode(received[0]?.body)).toContain('filename="a.txt"');
    expect(seen[0]?.totalBytes).toBeUndefined();
    expect(seen.at(-1)).toEqual({ transferredBytes: data, totalBytes: data });
  });

  it("of a stream is followed as it is read", async () => {
    const { send, seen } = await uploading();
    expect((await send(new Blob(["abc", "def"]).stream())).data).toBe(6);
    expect(seen.at(-1)).toEqual({ transferredBytes: 6, totalBytes: 6 });
  });

  it("may be followed with its answer", async () => {
    const { send, seen } = await uploading();
    const down: TransferProgress[] = [];
    const { data } = await send(TEXT, { onDownloadProgress: (current) => void down.push(current) });
    expect(data).toBe(TEXT.length);
    expect([seen.at(-1)?.transferredBytes, down.at(-1)?.transferredBytes]).toEqual([TEXT.length, 6]);
  });

  it("is none without a body", async () => {
    const { client, reported, received } = await uploading();
    const onUploadProgress = vi.fn<() => unknown>();
    await client.get("files", { onUploadProgress });
    expect([onUploadProgress.mock.calls.length, reported.length, received.length]).toEqual([0, 0, 1]);
  });
});

describe("an upload in a browser", () => {
  beforeEach(() => {
    FetchXhr.made.length = 0;
    vi.stubGlobal("XMLHttpRequest", FetchXhr);
  });

  it("B-45: is followed through XMLHttpRequest, with its answer", async () => {
    const { send, seen, received } = await uploading();
    const down: TransferProgress[] = [];
    const { data, status, headers } = await send(
      { text: "abc" },
      { onDownloadProgress: (current) => void down.push(current) },
    );
    expect([data, status, headers["content-type"]]).toEqual([14, 200, "application/json"]);
    expect(received[0]?.headers["content-type"]).toBe("application/json");
    expect(seen).toEqual([
      { transferredBytes: 7, totalBytes: 14 },
      { transferredBytes: 14, totalBytes: 14 },
    ]);
    expect(down).toEqual([{ transferredBytes: 2, totalBytes: undefined }]);
    expect(FetchXhr.made.map(({ withCredentials }) => withCredentials)).toEqual([false]);
  });

  it("carries cookies to other origins when that is wanted", async () => {
    const { origin, send } = await uploading();
    await send("a");
    const withCookies = createClient({ baseUrl: origin }).use([progress({ withCredentials: true })]);
    await withCookies.post("files", { body: "a", onUploadProgress: () => {} });
    expect(FetchXhr.made.map(({ withCredentials }) => withCredentials)).toEqual([false, true]);
  });

  it("fails as it would without", async () => {
    const { origin } = await serve((response) => {
      response.writeHead(422, { "content-type": "application/problem+json" }).end('{"title":"too long"}');
    });
    const client = createClient({ baseUrl: origin }).use([progress()]);
    const onUploadProgress = () => {};
    const { error } = await client.post("files", { body: "a", onUploadProgress });
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 422, body: { title: "too long" } });
    const nobody = createClient({ baseUrl: "http://127.0.0.1:1" }).use([progress()]);
    expect((await nobody.post("files", { body: "a", onUploadProgress })).error?.code).toBe("NETWORK_ERROR");
  });

  it("may be answered with nothing", async () => {
    const { origin } = await serve((response) => response.writeHead(204).end());
    const client = createClient({ baseUrl: origin }).use([progress()]);
    const response = await client.post("files", { body: "a", onUploadProgress: () => {} });
    expect(response).toMatchObject({ status: 204, data: undefined, error: undefined });
  });

  it("is aborted like any other", async () => {
    const { send } = await uploading();
    const controller = new AbortController();
    const pending = send(TEXT, { signal: controller.signal, onUploadProgress: () => controller.abort() });
    expect((await pending).aborted).toBe(true);
  });

  it("sends by the client's transport what is no upload, or not followed", async () => {
    const { client } = await uploading();
    await client.post("files", { body: "a" });
    await client.get("files", { onDownloadProgress: () => {}, onUploadProgress: () => {} });
    expect(FetchXhr.made).toEqual([]);
  });

  it("B-45: of a stream cannot be followed: that is reported once, and it is sent", async () => {
    const { send, seen, reported } = await uploading();
    for (let time = 0; time < 2; time += 1) expect((await send(new Blob(["abc"]).stream())).data).toBe(3);
    expect(seen).toEqual([]);
    expect(reported.map(({ code, plugin }) => [code, plugin])).toEqual([
      ["PROGRESS_UNAVAILABLE", "progress"],
    ]);
  });
});

describe("an upload that nobody can follow", () => {
  it.each<[string, () => void]>([
    ["in a service worker", () => vi.stubGlobal("ServiceWorkerGlobalScope", Object)],
    [
      "where fetch takes no streams",
      () => {
        class OldRequest extends Request {
          constructor(url: string, init?: RequestInit) {
            super(url, { ...init, body: String(init?.body) } as RequestInit);
          }
        }
        vi.stubGlobal("Request", OldRequest);
      },
    ],
    [
      "where a request with a stream throws",
      () => {
        class Throwing extends Request {
          constructor() {
            super("");
          }
        }
        vi.stubGlobal("Request", Throwing);
      },
    ],
  ])("B-45: %s is reported once, and sent", async (_, prepare) => {
    const { send, seen, reported } = await uploading();
    prepare();
    for (let time = 0; time < 2; time += 1) expect((await send("abc")).data).toBe(3);
    expect(seen).toEqual([]);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatchObject({ code: "PROGRESS_UNAVAILABLE", plugin: "progress" });
  });
});
