import { describe, expect, it } from "vitest";
import { createClient } from "../client/create-client.ts";
import { answerWith, serve, type Answer } from "../test-support/serve.ts";
import type { ResponseType } from "./transport.ts";

/** Gets what a real server answers with. */
async function get(answer: Answer, responseType?: ResponseType) {
  const { origin } = await serve(answer);
  return createClient({ baseUrl: origin }).get("body", { responseType });
}

const bytes = new Uint8Array([0, 1, 254, 255]);
const form = (parts: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(parts)) data.append(name, value);
  return data;
};

describe("a body is read by its content type", () => {
  it.each(["application/json", "application/json; charset=utf-8", "application/ld+json", "Application/JSON"])(
    "%s as JSON",
    async (type) => {
      expect(await get(answerWith('{"a":[1,null]}', type))).toMatchObject({
        data: { a: [1, null] },
        status: 200,
      });
    },
  );

  it.each(["null", "0", "false", '""'])("the JSON %s as that value", async (json) => {
    const { data, error } = await get(answerWith(json, "application/json"));
    expect({ data, error }).toEqual({ data: JSON.parse(json), error: undefined });
  });

  it.each([
    "text/plain; charset=utf-8",
    "text/html",
    "application/xml",
    "image/svg+xml",
    "application/javascript",
  ])("%s as text", async (type) => {
    expect((await get(answerWith("<grüße/>", type))).data).toBe("<grüße/>");
  });

  it("nothing declared as text", async () => {
    const { data } = await get((response) => response.writeHead(200).end("plain"));
    expect(data).toBe("plain");
  });

  it.each(["application/octet-stream", "image/png", "application/json5", "application/x-ndjson"])(
    "%s as a blob of that type",
    async (type) => {
      const { data } = await get(answerWith(bytes, type));
      expect(data).toBeInstanceOf(Blob);
      expect((data as Blob).type).toBe(type);
      expect(new Uint8Array(await (data as Blob).arrayBuffer())).toEqual(bytes);
    },
  );

  it("application/x-www-form-urlencoded as a form", async () => {
    const { data } = await get(answerWith("a=1&b=%C3%BC", "application/x-www-form-urlencoded"));
    expect([...(data as FormData)]).toEqual([
      ["a", "1"],
      ["b", "ü"],
    ]);
  });

  it("multipart/form-data as a form", async () => {
    const multipart = new Response(form({ title: "Hi" }));
    const body = new Uint8Array(await multipart.arrayBuffer());
    const { data } = await get(answerWith(body, multipart.headers.get("content-type")!));
    expect([...(data as FormData)]).toEqual([["title", "Hi"]]);
  });
});

describe("a body is read as it is wanted", () => {
  it("as JSON, whatever its type says", async () => {
    expect((await get(answerWith("[1]", "text/plain"), "json")).data).toEqual([1]);
  });

  it("as text", async () => {
    expect((await get(answerWith("[1]", "application/json"), "text")).data).toBe("[1]");
  });

  it("as a blob", async () => {
    const { data } = await get(answerWith("[1]", "application/json"), "blob");
    expect(await (data as Blob).text()).toBe("[1]");
  });

  it("as an array buffer", async () => {
    const { data } = await get(answerWith(bytes, "text/plain"), "arrayBuffer");
    expect(new Uint8Array(data as ArrayBuffer)).toEqual(bytes);
  });

  it("as a form", async () => {
    const { data } = await get(answerWith("a=1", "application/x-www-form-urlencoded"), "formData");
    expect((data as FormData).get("a")).toBe("1");
  });

  it("as the stream itself, while the server is still sending", async () => {
    let end = () => {};
    const { data } = await get((response) => {
      response.writeHead(200).write("first ");
      end = () => response.end("last");
    }, "stream");
    expect(data).toBeInstanceOf(ReadableStream);
    end();
    expect(await new Response(data as ReadableStream).text()).toBe("first last");
  });

  it.each(["json", "text", "blob", "arrayBuffer", "formData", "stream"] as const)(
    "unless it is a failure's: %s stands back for the failure's own type",
    async (wanted) => {
      const problem = answerWith('{"title":"no such post"}', "application/problem+json", 404);
      const { error, data, status } = await get(problem, wanted);
      expect(error).toMatchObject({ code: "HTTP_ERROR", status: 404, body: { title: "no such post" } });
      expect({ data, status }).toEqual({ data: undefined, status: 404 });
    },
  );
});

describe("C8: an empty body is undefined and no error", () => {
  const empty: Record<string, Answer> = {
    "204": (response) => response.writeHead(204).end(),
    "205": (response) => response.writeHead(205).end(),
    "200 with content-length 0": (response) => response.writeHead(200, { "content-length": "0" }).end(),
    "200 in chunks of nothing": (response) =>
      response.writeHead(200, { "transfer-encoding": "chunked" }).end(),
  };
  for (const [name, answer] of Object.entries(empty)) {
    it(name, async () => {
      const { data, error } = await get(answer);
      expect({ data, error }).toEqual({ data: undefined, error: undefined });
    });
  }

  it.each(["application/json", "text/plain", "application/octet-stream"])("200 of type %s", async (type) => {
    const { data, error } = await get(answerWith("", type));
    expect({ data, error }).toEqual({ data: undefined, error: undefined });
  });

  it.each(["json", "text", "blob", "arrayBuffer", "formData", "stream"] as const)(
    "204 and content-length 0, wanted as %s",
    async (wanted) => {
      for (const answer of [empty["204"]!, empty["200 with content-length 0"]!]) {
        const { data, error } = await get(answer, wanted);
        expect({ data, error }).toEqual({ data: undefined, error: undefined });
      }
    },
  );

  it.each(["json", "text", "blob"] as const)("200 in chunks of nothing, wanted as %s", async (wanted) => {
    const { data, error } = await get(
      (response) => response.writeHead(200, { "transfer-encoding": "chunked" }).end(),
      wanted,
    );
    expect({ data, error }).toEqual({ data: undefined, error: undefined });
  });

  it("the answer to a HEAD, whose length speaks of another body", async () => {
    const { origin, received } = await serve((response) =>
      response.writeHead(200, { "content-length": "7" }).end(),
    );
    const response = await createClient({ baseUrl: origin }).request("posts", { method: "HEAD" });
    expect(response).toMatchObject({ data: undefined, error: undefined, status: 200 });
    expect(response.headers["content-length"]).toBe("7");
    expect(received[0]?.method).toBe("HEAD");
  });
});

describe("C8: the status decides", () => {
  it.each([400, 404, 418, 500, 503])("%i with an empty body is a failure", async (status) => {
    const { error, data } = await get((response) => response.writeHead(status).end());
    expect(error).toMatchObject({ code: "HTTP_ERROR", status, body: undefined });
    expect(data).toBeUndefined();
  });

  it("B-25 500 with the body null is a failure", async () => {
    const { error } = await get(answerWith("null", "application/json", 500));
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 500, body: null });
  });

  it.each([200, 201, 202, 203])("%i with the body false is a success", async (status) => {
    const response = await get(answerWith("false", "application/json", status));
    expect(response).toMatchObject({ data: false, error: undefined, status });
  });

  it("a failure's body is read by its own type: a proxy's page is text", async () => {
    const { error } = await get(answerWith("<h1>bad gateway</h1>", "text/html", 502));
    expect(error).toMatchObject({ code: "HTTP_ERROR", status: 502, body: "<h1>bad gateway</h1>" });
  });

  it("headers come by lower-case name, of a failure too", async () => {
    const { headers } = await get((response) => response.writeHead(503, { "Retry-After": "7" }).end());
    expect(headers["retry-after"]).toBe("7");
  });
});
