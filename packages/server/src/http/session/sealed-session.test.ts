import { afterEach, describe, expect, it, vi } from "vitest";
import { defineApi } from "../../api/define-api.ts";
import type { ApiData, Session } from "../../types.ts";
import { type Asked, askApi } from "../ask-api.ts";
import type { SessionConfig } from "../config/http-config.ts";
import { HttpPlugin } from "../http-plugin.ts";

const OLD = "old secret, 32 characters or more";
const NEW = "new secret, 32 characters or more";

/** An API that runs what a test gives, and the cookies that its client keeps. */
function client(session: SessionConfig = { secret: OLD }, cookies = new Map<string, string>()) {
  let next: (session: Session, data: ApiData) => unknown;
  const api = askApi(
    defineApi({
      plugins: [new HttpPlugin({ config: { session } })],
      handler: (data) => next(data.session, data as ApiData),
    }),
  );
  const run = async (act: typeof next): Promise<Asked> => {
    next = act;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await api.ask({ headers: { cookie } });
    for (const line of reply.headers["set-cookie"] ?? []) {
      const [, name, value] = /^([^=]*)=([^;]*)/.exec(line)!;
      if (line.includes("Max-Age=0")) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    return reply;
  };
  const get = async (key: string): Promise<unknown> =>
    (await run(async (own) => (await own.get(key)) ?? null)).json;
  return { run, get, cookies, lines: api.lines };
}

afterEach(() => void vi.useRealTimers());

describe("a session", () => {
  it("keeps what is set for the next request, sealed", async () => {
    const { run, get, cookies } = client();
    const { headers } = await run((session) => session.set("user", { id: 1, name: "żółw" }));
    expect(headers["set-cookie"]).toEqual([
      expect.stringMatching(/^session=Fe26\.2\*.*; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect(cookies.get("session")).not.toContain("user");
    expect(await get("user")).toEqual({ id: 1, name: "żółw" });
    expect(await get("other")).toBe(null);
  });

  it("reads in the same request what the next one will read", async () => {
    const { run } = client();
    const user = { at: new Date(0), tags: ["a"] };
    const { json } = await run(async (session) => {
      await session.set("user", user);
      user.tags.push("b");
      const read = (await session.get("user")) as typeof user;
      read.tags.push("c");
      return session.get("user");
    });
    expect(json).toEqual({ at: "1970-01-01T00:00:00.000Z", tags: ["a"] });
  });

  it("is sent only when it has changed", async () => {
    const { run } = client();
    const sets = async (act: (session: Session) => unknown) =>
      (await run(act)).headers["set-cookie"] !== undefined;
    expect(await sets((session) => session.get("a"))).toBe(false);
    expect(await sets((session) => session.set("a", 1))).toBe(true);
    expect(await sets((session) => session.set("a", 1))).toBe(false);
    expect(await sets((session) => session.delete("b"))).toBe(false);
    expect(await sets((session) => session.set("a", 2))).toBe(true);
  });

  it("is forgotten by the client once it is empty", async () => {
    const { run, cookies } = client();
    await run((session) => session.set("a", 1));
    const { headers } = await run((session) => session.clear());
    expect(headers["set-cookie"]).toEqual([expect.stringMatching(/^session=; Max-Age=0; Path=\//)]);
    expect(cookies.size).toBe(0);
    expect((await run((session) => session.clear())).headers["set-cookie"]).toBeUndefined();

    await run((session) => session.set("a", 1));
    await run((session) => session.set("a", undefined));
    expect(cookies.size).toBe(0);
  });

  it("keeps every value that JSON has a form for, under every key", async () => {
    const { run, get } = client();
    const values = { "": 0, __proto__x: null, constructor: false, a: "", b: [1, [2]], c: { d: "ż" } };
    await run(async (session) => {
      for (const [key, value] of Object.entries(values)) await session.set(key, value);
      await session.set("__proto__", "harmless");
    });
    for (const [key, value] of Object.entries(values)) expect(await get(key)).toEqual(value);
    expect(await get("__proto__")).toBe("harmless");
    expect(await get("toString")).toBe(null);
  });

  it("waits for a change that the handler did not wait for", async () => {
    const { run, get } = client();
    await run((session) => void session.set("a", 1));
    expect(await get("a")).toBe(1);
  });

  it("is kept by an error that the client is told of, and not by one that nobody foresaw", async () => {
    const { HttpError } = await import("../../errors.ts");
    const { run, cookies } = client();
    await run(async (session) => {
      await session.set("a", 1);
      throw new Error("x");
    });
    expect(cookies.size).toBe(0);
    await run(async (session) => {
      await session.set("a", 1);
      throw new HttpError({ statusCode: 403 });
    });
    expect(cookies.size).toBe(1);
  });

  it("has the name and the attributes that configuration gives", async () => {
    const { run } = client({
      secret: OLD,
      name: "sid",
      maxAgeSeconds: 60,
      cookie: { secure: false, sameSite: "strict", path: "/app" },
    });
    const { headers } = await run((session) => session.set("a", 1));
    expect(headers["set-cookie"]).toEqual([
      expect.stringMatching(/^sid=.*; Max-Age=60; Path=\/app; HttpOnly; SameSite=Strict$/),
    ]);
  });

  it("is a failure of its own when no browser would keep it", async () => {
    const { run, lines } = client();
    const reply = await run((session) => session.set("a", "x".repeat(4000)));
    expect(reply.status).toBe(500);
    expect(reply.headers["set-cookie"]).toBeUndefined();
    expect(lines).toMatchObject([{ level: "error", fields: { err: { code: "SESSION_TOO_LARGE" } } }]);
  });

  it("refuses what JSON has no form for, at once", async () => {
    const { run } = client();
    const { json } = await run((session) => {
      try {
        void session.set("a", 1n);
        return "was taken";
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(json).toBe("INVALID_REPLY");
  });
});

describe("the secret of a session", () => {
  it("B-74: is not needed until a session is used", async () => {
    const { run } = client({});
    expect((await run((_session, { cookie }) => cookie.get("session") ?? "none")).status).toBe(200);
  });

  it.each<[string, (session: Session) => unknown]>([
    ["read", (session) => session.get("a")],
    ["set", (session) => session.set("a", 1)],
    ["set and not waited for", (session) => void session.set("a", 1)],
    ["cleared", (session) => session.clear()],
  ])(
    "B-74: is missed when one is %s: an opaque 500, and a line that tells how to mend it",
    async (_, act) => {
      const { run, lines } = client({});
      const { status, json, text } = await run(act);
      expect(status).toBe(500);
      expect(json).toMatchObject({ id: expect.any(String) });
      expect(text).not.toContain("secret");
      expect(lines).toMatchObject([
        { level: "error", message: expect.stringContaining("plugins.http.config.session.secret") },
      ]);
      expect(lines[0]?.fields["err"]).toMatchObject({ code: "SESSION_SECRET_MISSING" });
    },
  );

  it("B-74: may be rotated: an old one still opens, and the newest seals", async () => {
    const { run, cookies } = client({ secret: OLD });
    await run((session) => session.set("a", 1));
    const old = cookies.get("session")!;

    const rotated = client({ secrets: [NEW, OLD] }, cookies);
    expect(await rotated.get("a")).toBe(1);
    expect(cookies.get("session")).toBe(old);
    await rotated.run((session) => session.set("b", 2));

    expect(await client({ secret: NEW }, cookies).get("a")).toBe(1);
    expect(await client({ secret: OLD }, cookies).get("a")).toBe(null);
  });
});

describe("the seal of a session", () => {
  const sealed = async (config?: SessionConfig): Promise<string> => {
    const { run, cookies } = client(config);
    await run((session) => session.set("a", 1));
    return [...cookies.values()][0]!;
  };
  const opened = (value: string, config?: SessionConfig) =>
    client(config, new Map([[config?.name ?? "session", value]])).get("a");

  it("B-74: opens to nothing when any of its characters was changed", async () => {
    const seal = await sealed();
    for (let index = 0; index < seal.length; index += 1) {
      const replacement = seal[index] === "A" ? "B" : "A";
      const tampered = seal.slice(0, index) + replacement + seal.slice(index + 1);
      expect(await opened(tampered), `at ${index}`).toBe(null);
    }
  });

  it("B-74: opens to nothing when its last character says the same by other bits", async () => {
    const seal = await sealed();
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const last of alphabet.replace(seal.at(-1)!, ""))
      expect(await opened(seal.slice(0, -1) + last)).toBe(null);
    for (const more of ["=", "A", "*", "%20"]) expect(await opened(seal + more)).toBe(null);
  });

  it("B-74: opens to nothing when it is cut off", async () => {
    const seal = await sealed();
    for (let length = 0; length < seal.length; length += 7)
      expect(await opened(seal.slice(0, length))).toBe(null);
  });

  it.each(["", "nonsense", "Fe26.2*******", "Fe26.2**a*b*c**d*e", "%zz", "__proto__"])(
    "B-74: opens to nothing when it is %j",
    async (value) => {
      expect(await opened(value)).toBe(null);
    },
  );

  it("B-74: opens to nothing when it was made for another cookie, or by somebody else with the same secret", async () => {
    expect(await opened(await sealed({ secret: OLD, name: "other" }))).toBe(null);
    const iron = await import("iron-webcrypto");
    for (const foreign of [{ a: 1 }, null, [], { name: "session", values: [["a", "1"]] }])
      expect(await opened(await iron.seal(foreign, OLD, iron.defaults))).toBe(null);
  });

  it("B-74: opens to nothing once it has expired, whatever the client's clock says", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const seal = await sealed({ secret: OLD, maxAgeSeconds: 60 });
    vi.advanceTimersByTime(59_000);
    expect(await opened(seal, { secret: OLD, maxAgeSeconds: 60 })).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(await opened(seal, { secret: OLD, maxAgeSeconds: 60 })).toBe(null);
    expect(await opened(seal, { secret: OLD, maxAgeSeconds: 6000 })).toBe(null);
  });

  it("B-74: opens to nothing when it is older than sessions may be by now, or from the future", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const seal = await sealed();
    vi.advanceTimersByTime(61_000);
    expect(await opened(seal)).toBe(1);
    expect(await opened(seal, { secret: OLD, maxAgeSeconds: 60 })).toBe(null);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(await opened(seal)).toBe(null);
  });

  it("is renewed after half of its time when sessions are rolling, and else never", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const config = { secret: OLD, maxAgeSeconds: 100 };
    const fixed = client(config);
    const rolling = client({ ...config, rolling: true });
    for (const { run } of [fixed, rolling]) await run((session) => session.set("a", 1));
    const seals = () => [fixed, rolling].map(({ cookies }) => cookies.get("session"));
    const first = seals();

    vi.advanceTimersByTime(40_000);
    for (const { get } of [fixed, rolling]) expect(await get("a")).toBe(1);
    expect(seals()).toEqual(first);

    vi.advanceTimersByTime(20_000);
    for (const { get } of [fixed, rolling]) expect(await get("a")).toBe(1);
    expect(seals()[0]).toBe(first[0]);
    expect(seals()[1]).not.toBe(first[1]);

    vi.advanceTimersByTime(60_000);
    expect(await fixed.get("a")).toBe(null);
    expect(await rolling.get("a")).toBe(1);
  });
});
