import { describe, expect, it } from "vitest";
import type { ClientConfig } from "../client/client-types.ts";
import { createClient } from "../client/create-client.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { fetchTransport } from "./fetch-transport.ts";
import { serve, type ReceivedRequest } from "../test-support/serve.ts";

/** Posts a body to a real server, and gives what the server received. */
async function post(body: unknown, headers: Record<string, string> = {}): Promise<ReceivedRequest> {
  const { origin, received } = await serve((response) => response.writeHead(204).end());
  const { error } = await createClient({ baseUrl: origin }).post("posts", { body, headers });
  expect(error).toBeUndefined();
  return received[0]!;
}

const textOf = ({ body }: ReceivedRequest) => new TextDecoder().decode(body);

describe("a body arrives as what it was", () => {
  it.each([{ title: "Grüße" }, [1, "two"], 0, false, null, { nested: { at: new Date(0) } }])(
    "%j as JSON, with its content type",
    async (body) => {
      const received = await post(body);
      expect(received.headers["content-type"]).toBe("application/json");
      expect(textOf(received)).toBe(JSON.stringify(body));
    },
  );

  it("text as text", async () => {
    const received = await post("hello");
    expect(received.headers["content-type"]).toMatch(/^text\/plain/);
    expect(textOf(received)).toBe("hello");
  });

  it("the empty string as an empty body", async () => {
    expect(textOf(await post(""))).toBe("");
  });

  it("a form as multipart, with fields and files", async () => {
    const form = new FormData();
    form.append("title", "Hi");
    form.append("file", new File(["content"], "a.txt", { type: "text/plain" }));
    const { headers, body } = await post(form);
    const sent = await new Response(body, {
      headers: { "content-type": headers["content-type"]! },
    }).formData();
    expect(sent.get("title")).toBe("Hi");
    expect(await (sent.get("file") as File).text()).toBe("content");
    expect((sent.get("file") as File).name).toBe("a.txt");
  });

  it("URLSearchParams as urlencoded", async () => {
    const received = await post(new URLSearchParams({ a: "1", b: "ü&" }));
    expect(received.headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    expect(textOf(received)).toBe("a=1&b=%C3%BC%26");
  });

  it("a blob with its type", async () => {
    const received = await post(new Blob(["<a/>"], { type: "application/xml" }));
    expect(received.headers["content-type"]).toBe("application/xml");
    expect(textOf(received)).toBe("<a/>");
  });

  it("a buffer and a view of one, byte for byte", async () => {
    const bytes = new Uint8Array([9, 0, 255, 1]);
    expect((await post(bytes.buffer)).body).toEqual(bytes);
    expect((await post(bytes.subarray(1, 3))).body).toEqual(new Uint8Array([0, 255]));
  });

  it("a stream, half-duplex and in chunks", async () => {
    const parts = ["one ", "two"];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const part = parts.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(part));
      },
    });
    const received = await post(stream);
    expect(received.headers["transfer-encoding"]).toBe("chunked");
    expect(textOf(received)).toBe("one two");
  });

  it("no body as none", async () => {
    const { headers, body } = await post(undefined);
    expect(headers["content-type"]).toBeUndefined();
    expect(body).toHaveLength(0);
  });

  it("with a content type that the caller gave instead", async () => {
    const received = await post({ op: "add" }, { "Content-Type": "application/json-patch+json" });
    expect(received.headers["content-type"]).toBe("application/json-patch+json");
    expect(textOf(received)).toBe('{"op":"add"}');
  });
});

it("each method arrives as it was called", async () => {
  const { origin, received } = await serve((response) => response.writeHead(204).end());
  const client = createClient({ baseUrl: origin });
  await client.get("posts");
  await client.post("posts");
  await client.put("posts");
  await client.patch("posts");
  await client.delete("posts");
  await client.request("posts", { method: "OPTIONS" });
  await client.request("posts");
  expect(received.map(({ method }) => method)).toEqual([
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "GET",
  ]);
});

describe("base URL and path make the URL", () => {
  it.each([
    ["", "posts/1", "/posts/1"],
    ["/", "posts/1", "/posts/1"],
    ["/", "/posts/1", "/posts/1"],
    ["", "/posts/1", "/posts/1"],
    ["/api/v1", "posts", "/api/v1/posts"],
    ["/api/v1/", "/posts", "/api/v1/posts"],
    ["/api/v1", "", "/api/v1/"],
  ])("origin%s and %s: %s", async (prefix, path, url) => {
    const { origin, received } = await serve((response) => response.writeHead(204).end());
    await createClient({ baseUrl: `${origin}${prefix}` }).get(path);
    expect(received[0]?.url).toBe(url);
  });

  it("with params and query", async () => {
    const { origin, received } = await serve((response) => response.writeHead(204).end());
    await createClient({ baseUrl: origin }).get("posts/:id/comments/:comment", {
      params: { id: 1, comment: "a b" },
      query: { page: 2, tag: ["x", "y"] },
    });
    expect(received[0]?.url).toBe("/posts/1/comments/a%20b?page=2&tag=x&tag=y");
  });
});

describe("options of the transport", () => {
  const recordFetch = () => {
    const calls: { url: string; init: RequestInit }[] = [];
    const fetch: typeof globalThis.fetch = async (url, init) => {
      calls.push({ url: String(url), init: init! });
      return Response.json({ ok: true });
    };
    return { calls, fetch };
  };

  it("fetch takes the place of the platform's", async () => {
    const { calls, fetch } = recordFetch();
    const { data } = await createClient({ baseUrl: "/api", transport: fetchTransport({ fetch }) }).get(
      "posts",
    );
    expect(data).toEqual({ ok: true });
    expect(calls[0]?.url).toBe("/api/posts");
  });

  it("credentials are passed on", async () => {
    const { calls, fetch } = recordFetch();
    await createClient({ transport: fetchTransport({ fetch, credentials: "include" }) }).get("posts");
    expect(calls[0]?.init.credentials).toBe("include");
  });

  it("what a plugin adds for fetch is passed on, and takes the place of nothing", async () => {
    const { calls, fetch } = recordFetch();
    const adding: ClientPlugin = {
      name: "test:adding",
      middleware({ request }, next) {
        const send = request.transport;
        request.transport = (sent) => send({ ...sent, fetchInit: { cache: "no-store", method: "DELETE" } });
        return next();
      },
    };
    await createClient({ transport: fetchTransport({ fetch }) })
      .use([adding])
      .get("posts");
    expect(calls[0]?.init).toMatchObject({ cache: "no-store", method: "GET" });
  });

  it("what nobody asked for is left to the platform: no credentials, signal, body or duplex", async () => {
    const { calls, fetch } = recordFetch();
    await createClient({ transport: fetchTransport({ fetch }) }).get("posts");
    expect(Object.keys(calls[0]!.init).toSorted()).toEqual(["headers", "method"]);
  });

  it("the platform's fetch is looked up at each request", async () => {
    const { fetch } = recordFetch();
    const client = createClient({ baseUrl: "http://nothing.invalid" });
    const original = globalThis.fetch;
    globalThis.fetch = fetch;
    const { data } = await client.get("posts").finally(() => (globalThis.fetch = original));
    expect(data).toEqual({ ok: true });
  });
});

describe("maxResponseBytes", () => {
  const limited = (origin: string): ClientConfig => ({
    baseUrl: origin,
    transport: fetchTransport({ maxResponseBytes: 10 }),
  });

  it("lets a body of just that size through, with and without its length announced", async () => {
    const { origin } = await serve((response, { url }) => {
      if (url === "/announced") response.writeHead(200, { "content-length": "10" });
      response.write("01234");
      response.end("56789");
    });
    const client = createClient(limited(origin));
    expect((await client.get("announced")).data).toBe("0123456789");
    expect((await client.get("chunked")).data).toBe("0123456789");
  });

  it("holds for a stream that the caller reads", async () => {
    const { origin } = await serve((response) => response.writeHead(200).end("01234567890"));
    const { data } = await createClient(limited(origin)).get("posts", { responseType: "stream" });
    await expect(new Response(data as ReadableStream).text()).rejects.toMatchObject({
      code: "RESPONSE_TOO_LARGE",
    });
  });
});
