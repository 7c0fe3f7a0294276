import { expect, it } from "vitest";
import { fetchTransport } from "./fetch-transport.ts";
import { expectHarmless } from "../test-support/expect-harmless.ts";
import { serve } from "../test-support/serve.ts";

it("nobody listens on the port: NETWORK_ERROR with the platform's cause", async () => {
  const baseUrl = await originOfNobody();
  const error = await expectHarmless({ code: "NETWORK_ERROR" }, (client) => client.get("posts"), { baseUrl });
  expect(error.cause).toMatchObject({ name: "TypeError", cause: { code: "ECONNREFUSED" } });
});

it("the name cannot be resolved: NETWORK_ERROR", async ({ skip }) => {
  // No clock is faked: the limit is for a sandbox whose resolver never answers, and is not reached anywhere else.
  const config = { baseUrl: "http://nothing.invalid", timeoutMs: 4_000 };
  let gaveUp = false;
  const error = await expectHarmless(
    { code: "NETWORK_ERROR" },
    async (client) => {
      const response = await client.get("posts");
      gaveUp = response.error?.code === "TIMEOUT";
      return response;
    },
    config,
  ).catch((failed: unknown) => {
    skip(gaveUp, "this machine's resolver does not answer");
    throw failed;
  });
  expect(error.cause).toMatchObject({ name: "TypeError" });
});

it("TLS is spoken to a server without it: NETWORK_ERROR", async () => {
  const { origin } = await serve();
  const baseUrl = origin.replace("http:", "https:");
  const error = await expectHarmless({ code: "NETWORK_ERROR" }, (client) => client.get("posts"), { baseUrl });
  expect(error.cause).toMatchObject({ name: "TypeError" });
});

it("redirects lead in a circle: NETWORK_ERROR", async () => {
  const { origin, received } = await serve((response, { url }) => {
    response.writeHead(302, { location: url === "/a" ? "/b" : "/a" }).end();
  });
  await expectHarmless({ code: "NETWORK_ERROR" }, (client) => client.get("a"), { baseUrl: origin });
  expect(received.length).toBeGreaterThan(2);
});

it.each([
  ["with its length announced", { "content-length": "100" }],
  ["in chunks", { "transfer-encoding": "chunked" }],
])("the connection is cut half-way through a body %s: NETWORK_ERROR", async (_how, framing) => {
  const { origin } = await serve((response) => {
    response.writeHead(200, { "content-type": "application/json", ...framing });
    // Node holds back what is not flushed, and a destroyed response loses it.
    response.write('{"half":', () => response.destroy());
  });
  const error = await expectHarmless({ code: "NETWORK_ERROR" }, (client) => client.get("posts"), {
    baseUrl: origin,
  });
  // What the platform says once an answer has begun. Before that it says "fetch failed".
  expect(error.cause).toMatchObject({ name: "TypeError", message: "terminated" });
});

it("the connection is cut before any answer: NETWORK_ERROR", async () => {
  const { origin } = await serve((response) => response.destroy());
  await expectHarmless({ code: "NETWORK_ERROR" }, (client) => client.get("posts"), { baseUrl: origin });
});

it("the body announces more than maxResponseBytes: RESPONSE_TOO_LARGE before it comes, and the connection is closed", async () => {
  let closed = Promise.resolve();
  const { origin } = await serve((response) => {
    closed = new Promise((resolve) => response.once("close", resolve));
    response.writeHead(200, { "content-length": "11" }).write("x");
  });
  await expectHarmless({ code: "RESPONSE_TOO_LARGE", status: 200 }, (client) => client.get("posts"), {
    baseUrl: origin,
    transport: fetchTransport({ maxResponseBytes: 10 }),
  });
  await closed;
});

it("the body is endless: RESPONSE_TOO_LARGE, and the connection is closed", async () => {
  let closed = Promise.resolve();
  const { origin } = await serve((response) => {
    closed = new Promise((resolve) => response.once("close", resolve));
    // Ends with the first write that fails, not with "close": Node 26 calls back from a destroyed socket as well, on
    // the next tick, so that writing on would keep "close" from ever coming.
    const writeOn = (error?: Error | null) => {
      if (!error) response.write("x".repeat(65_536), writeOn);
    };
    response.writeHead(200);
    writeOn();
  });
  await expectHarmless({ code: "RESPONSE_TOO_LARGE", status: 200 }, (client) => client.get("posts"), {
    baseUrl: origin,
    transport: fetchTransport({ maxResponseBytes: 1_000_000 }),
  });
  await closed;
});

it("a failure's body is too large: RESPONSE_TOO_LARGE with the failure's status", async () => {
  const { origin } = await serve((response) => response.writeHead(500).end("x".repeat(11)));
  await expectHarmless({ code: "RESPONSE_TOO_LARGE", status: 500 }, (client) => client.get("posts"), {
    baseUrl: origin,
    transport: fetchTransport({ maxResponseBytes: 10 }),
  });
});

it("the URL is relative and there is no page: NETWORK_ERROR", async () => {
  await expectHarmless({ code: "NETWORK_ERROR" }, (client) => client.get("posts"));
});

/** The origin of a port that was free a moment ago. */
async function originOfNobody(): Promise<string> {
  const { origin, stop } = await serve();
  await stop();
  return origin;
}
