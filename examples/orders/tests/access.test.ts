import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { SEED_PASSWORD } from "../database/seed-words.ts";
import { CLERK, MANAGER, startTestDesk, type TestDesk } from "./start-test-desk.ts";

let desk: TestDesk;
beforeAll(async () => {
  desk = await startTestDesk({ pageFolder: inject("pageFolder") });
});
afterAll(() => desk.close());

const signIn = (email: string, password: string) =>
  fetch(`${desk.url}/session/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });

describe("signing in", () => {
  it("says no in the same words to a wrong password and to nobody", async () => {
    const [wrong, nobody] = await Promise.all([
      signIn(CLERK, "guess"),
      signIn("who@harbour.example", "guess"),
    ]);
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await nobody.text());
  });

  it("seals a cookie that gets new tokens until it is signed out", async () => {
    const response = await signIn(CLERK, SEED_PASSWORD);
    const [line = ""] = response.headers.getSetCookie();
    expect(line).toMatch(/^session=.+; HttpOnly; Secure; SameSite=Strict$/);
    const cookie = line.split(";")[0]!;
    const refresh = (headers: Record<string, string>) =>
      fetch(`${desk.url}/session/refresh`, { method: "POST", headers });
    const refreshed = await refresh({ cookie });
    expect(await refreshed.json()).toMatchObject({ me: { name: "Tom Okafor", role: "clerk" } });
    expect((await refresh({})).status).toBe(401);
    const signedOut = await fetch(`${desk.url}/session/sign-out`, { method: "POST", headers: { cookie } });
    expect(signedOut.headers.getSetCookie()[0]).toMatch(/^session=;/);
  });
});

describe("roles", () => {
  it("keep clerks out of the office, before any handler", async () => {
    const clerk = await desk.signIn(CLERK);
    const { status, error } = await clerk.get("admin/report");
    expect([status, error?.body]).toEqual([403, expect.objectContaining({ code: "ROLE_MISSING" })]);
    expect((await (await desk.signIn(MANAGER)).get("admin/report")).status).toBe(200);
  });

  it("tell the server's steps to managers alone, also of a failure", async () => {
    const [clerk, manager] = await Promise.all([desk.signIn(CLERK), desk.signIn(MANAGER)]);
    expect((await clerk.get("products/list")).headers["server-timing"]).toBeUndefined();
    const { headers } = await manager.get("orders/detail", { query: { id: 1 } });
    const names = [...headers["server-timing"]!.matchAll(/([\w]+);dur=[\d.]+;desc/g)].map(([, name]) => name);
    expect(names).toEqual(["auth", "http", "events", "pg", "tenant", "jobs", "handler"]);
  });

  it("leave a shop at least one manager", async () => {
    const manager = await desk.signIn(MANAGER);
    const { data: staff = [] } = await manager.get("admin/staff");
    const { id } = staff.find(({ role }) => role === "manager")!;
    const { error } = await manager.post("admin/change-role", { body: { id, role: "clerk" } });
    expect(error?.code).toBe("LAST_MANAGER");
  });
});

describe("files", () => {
  const toForm = (file: File) => {
    const form = new FormData();
    form.set("orderId", "1001");
    form.set("file", file);
    return form;
  };

  it("come back byte for byte, and never as a page", async () => {
    const clerk = await desk.signIn(CLERK);
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    const added = await clerk.post("attachments/add", {
      body: toForm(new File([bytes], "scan ä.png", { type: "image/png" })),
    });
    const read = await clerk.get("attachments/read", { query: { id: added.data!.id }, responseType: "blob" });
    expect(new Uint8Array(await read.data!.arrayBuffer())).toEqual(bytes);
    expect(read.headers["content-disposition"]).toBe("attachment; filename*=UTF-8''scan%20%C3%A4.png");
    expect(read.headers["x-content-type-options"]).toBe("nosniff");
  });

  it("are refused when they are too large, or of a kind that could run", async () => {
    const clerk = await desk.signIn(CLERK);
    const large = new File([new Uint8Array(5_000_001)], "large.pdf", { type: "application/pdf" });
    const script = new File(["<script>"], "page.html", { type: "text/html" });
    const [tooLarge, notAllowed] = await Promise.all([
      clerk.post("attachments/add", { body: toForm(large) }),
      clerk.post("attachments/add", { body: toForm(script) }),
    ]);
    expect([tooLarge.status, notAllowed.status]).toEqual([413, 400]);
  });
});

describe("the page", () => {
  const open = (path: string, accept = "text/html") => fetch(desk.url + path, { headers: { accept } });

  it("is what browsers get at whatever address, and is asked for anew each time", async () => {
    const [root, order] = await Promise.all([open("/"), open("/orders/1001")]);
    expect(await order.text()).toBe(await root.text());
    expect(root.headers.get("cache-control")).toBe("no-cache");
    expect(root.headers.get("content-security-policy")).toContain("default-src 'self'");
    const etag = root.headers.get("etag")!;
    // As browsers ask; this fetch would say that it wants no cached answer at all.
    const headers = { accept: "text/html", "if-none-match": etag, "cache-control": "max-age=0" };
    const again = await fetch(`${desk.url}/`, { headers });
    expect(again.status).toBe(304);
  });

  it("has assets of the right type that are kept for good", async () => {
    const html = await (await open("/")).text();
    const [, script = ""] = /src="(\/assets\/[^"]+\.js)"/.exec(html)!;
    const asset = await open(script, "*/*");
    expect(asset.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it("takes the place of nothing that a program asks for, and of no file beside it", async () => {
    expect((await open("/orders/lst", "application/json")).status).toBe(404);
    expect((await open("/assets/none.js", "*/*")).status).toBe(404);
    expect((await open("/..%2fpackage.json", "*/*")).status).toBe(404);
  });
});
