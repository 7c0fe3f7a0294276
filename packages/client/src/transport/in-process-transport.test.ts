import { describe, expect, it } from "vitest";
import { createClient } from "../client/create-client.ts";
import { inProcessTransport, type FetchLike } from "./fetch-transport.ts";
import { createFakeClock } from "../testing/index.ts";

const clientOf = (handler: FetchLike, baseUrl = "") =>
  createClient({ baseUrl, transport: inProcessTransport(handler) });

/** A handler that remembers what it was given, and answers nothing. */
function recorder() {
  const requests: Request[] = [];
  const handler: FetchLike = (request) => {
    requests.push(request);
    return new Response(null, { status: 204 });
  };
  return { requests, handler };
}

describe("what the handler sees", () => {
  it("is a Request with method, URL, headers and body", async () => {
    const { requests, handler } = recorder();
    await clientOf(handler, "/api").post("posts/:id", {
      params: { id: 7 },
      query: { draft: true },
      headers: { "X-Tenant": "acme" },
      body: { title: "Hi" },
    });
    const request = requests[0]!;
    expect(request).toBeInstanceOf(Request);
    expect(request.method).toBe("POST");
    expect(new URL(request.url).pathname).toBe("/api/posts/7");
    expect(new URL(request.url).search).toBe("?draft=true");
    expect(request.headers.get("x-tenant")).toBe("acme");
    expect(request.headers.get("content-type")).toBe("application/json");
    expect(await request.json()).toEqual({ title: "Hi" });
  });

  it.each([
    ["", "/posts"],
    ["/", "/posts"],
    ["/api", "/api/posts"],
    ["/api/", "/api/posts"],
    ["https://api.example/v1", "/v1/posts"],
  ])("has the path of the base URL %j before it: %s", async (baseUrl, pathname) => {
    const { requests, handler } = recorder();
    await clientOf(handler, baseUrl).get("posts");
    expect(new URL(requests[0]!.url).pathname).toBe(pathname);
  });

  it("has the host of an absolute base URL", async () => {
    const { requests, handler } = recorder();
    await clientOf(handler, "https://api.example/v1").get("posts");
    expect(new URL(requests[0]!.url).origin).toBe("https://api.example");
  });

  it("is a form when a form was sent", async () => {
    const { requests, handler } = recorder();
    const form = new FormData();
    form.append("title", "Hi");
    await clientOf(handler).post("posts", { body: form });
    expect((await requests[0]!.formData()).get("title")).toBe("Hi");
  });

  it("is a stream when a stream was sent", async () => {
    const { requests, handler } = recorder();
    await clientOf(handler).post("posts", { body: new Blob(["streamed"]).stream() });
    expect(await requests[0]!.text()).toBe("streamed");
  });
});

describe("what the caller sees", () => {
  it("is the handler's response, parsed", async () => {
    const { data, status, headers } = await clientOf(() =>
      Response.json({ id: 1 }, { status: 201, headers: { location: "/posts/1" } }),
    ).post("posts");
    expect({ data, status }).toEqual({ data: { id: 1 }, status: 201 });
    expect(headers["location"]).toBe("/posts/1");
  });

  it("is a promised response, too", async () => {
    const { data } = await clientOf(async () => Response.json("later")).get("posts");
    expect(data).toBe("later");
  });

  it("is INVALID_JSON for a body that is none", async () => {
    const handler = () => new Response("<html>", { headers: { "content-type": "application/json" } });
    expect((await clientOf(handler).get("posts")).error?.code).toBe("INVALID_JSON");
  });

  it("is RESPONSE_TOO_LARGE over maxResponseBytes", async () => {
    const transport = inProcessTransport(() => Response.json("0123456789"), { maxResponseBytes: 5 });
    expect((await createClient({ transport }).get("posts")).error?.code).toBe("RESPONSE_TOO_LARGE");
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no database");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no database"))],
  ])("is NETWORK_ERROR with the cause when the handler %s", async (_how, handler) => {
    const { error, status } = await clientOf(handler).get("posts");
    expect(error).toMatchObject({ code: "NETWORK_ERROR", cause: { message: "no database" } });
    expect(status).toBe(0);
  });

  it.each([undefined, null, "text", { status: 200 }])(
    "is NETWORK_ERROR when the handler answers %j",
    async (answer) => {
      const { error } = await clientOf(() => answer as never).get("posts");
      expect(error?.code).toBe("NETWORK_ERROR");
    },
  );
});

describe("the request's signal", () => {
  /** A handler that says nothing, and the request that it was given. */
  function silent() {
    let given = (_: Request) => {};
    const arrived = new Promise<Request>((resolve) => (given = resolve));
    return { arrived, handler: (request: Request) => new Promise<Response>(() => given(request)) };
  }

  it("aborts when the caller does, and the caller need not wait for the handler", async () => {
    const { arrived, handler } = silent();
    const controller = new AbortController();
    const pending = clientOf(handler).get("posts", { signal: controller.signal });
    const { signal } = await arrived;
    expect(signal.aborted).toBe(false);
    controller.abort();
    expect((await pending).aborted).toBe(true);
    expect(signal.aborted).toBe(true);
  });

  it("aborts when the time is up", async () => {
    const { arrived, handler } = silent();
    const clock = createFakeClock();
    const client = createClient({ transport: inProcessTransport(handler), timeoutMs: 100, clock });
    const pending = client.get("posts");
    const { signal } = await arrived;
    await clock.advance(99);
    expect(signal.aborted).toBe(false);
    await clock.advance(1);
    expect((await pending).error?.code).toBe("TIMEOUT");
    expect(signal.aborted).toBe(true);
    expect(clock.scheduled).toBe(0);
  });

  it("does not abort after the request has settled", async () => {
    const { requests, handler } = recorder();
    const controller = new AbortController();
    await clientOf(handler).get("posts", { signal: controller.signal });
    controller.abort();
    expect(requests[0]!.signal.aborted).toBe(false);
  });
});
