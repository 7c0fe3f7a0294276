import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCleanPath } from "./clean-path.ts";
import { type RoutePlace, RouteTable } from "./route-table.ts";

function at(source: string, paths: readonly string[], folders: readonly string[] = []): RoutePlace {
  return { source, paths, folders };
}

describe("RouteTable", () => {
  const root = at("root", ["/default"], [""]);
  const orders = at("orders", ["/orders/default"], ["/orders"]);
  const create = at("create", ["/orders/create"]);
  const deep = at("deep", ["/a/b/c/default"], ["/a/b/c"]);
  const table = new RouteTable([root, orders, create, deep]);

  it.each([
    ["/orders/create", create],
    ["/orders/default", orders],
    ["/orders", orders],
    ["/orders/other", orders],
    ["/orders/create/more", orders],
    ["/orders/a/b/c/d/e/f", orders],
    ["/ordersx", root],
    ["/", root],
    ["/a/b", root],
    ["/a/b/c", deep],
    ["/a/b/c/d/e", deep],
    ["/Orders/create", root],
  ])("finds what answers %s: its own route, else the closest folder's", (path, route) => {
    expect(table.find(path)).toBe(route);
  });

  it.each([
    "",
    "*",
    "//",
    "/orders/",
    "/orders//create",
    "/orders/../x",
    "/..",
    "/./x",
    "/a\\b",
    "/a\u0000",
    "x/y",
  ])("B-77: finds nothing for %j, whatever folders would answer", (path) => {
    expect(table.find(path)).toBeUndefined();
  });

  it("finds nothing outside of its folders", () => {
    const small = new RouteTable([orders, create]);
    expect([small.find("/"), small.find("/x/y"), small.find("/orderss")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("refuses two routes in one place, and names both and all such places", () => {
    const make = () =>
      new RouteTable([
        at("a.api.ts", ["/a"]),
        at("a/index.api.ts", ["/a/index", "/a"]),
        at("b/default.api.ts", [], ["/b"]),
        at("b/default.api.js", [], ["/b"]),
      ]);
    expect(make).toThrow(
      expect.objectContaining({
        code: "DUPLICATE_ROUTE",
        faults: [
          { message: "/a is both a.api.ts and a/index.api.ts" },
          { message: "/b/* is both b/default.api.ts and b/default.api.js" },
        ],
      }),
    );
  });

  it("B-77: gives a route of its own or nothing for any path, and whatever it gives belongs there", () => {
    const segment = fc.oneof(
      fc.constantFrom("orders", "create", "..", ".", "", "\\", "a", "b", "c", "\u0000"),
      fc.string(),
    );
    const path = fc.array(segment).map((segments) => `/${segments.join("/")}`);
    fc.assert(
      fc.property(fc.oneof(path, fc.string()), (asked) => {
        const route = table.find(asked);
        if (!route) return;
        const isBelow = route.folders.some((folder) => asked === folder || asked.startsWith(`${folder}/`));
        expect(route.paths.includes(asked) || (isBelow && isCleanPath(asked))).toBe(true);
      }),
    );
  });
});
