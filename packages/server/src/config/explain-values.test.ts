import { describe, expect, it } from "vitest";
import { createProject } from "./test-support/temp-project.ts";

const SECRET = "planted-secret";

describe("explain", () => {
  it("tells every value's place and what it overrode, the latest first", async () => {
    const project = await createProject({
      "faas.yaml": `defaults:
  plugins:
    auth:
      type: ./auth.ts
      public: [provider, roles]
      config:
        provider: jwt
        secret: ${SECRET}
        roles: [user]
production:
  plugins:
    auth:
      config:
        secret: \${AUTH_SECRET}
        provider: oauth
`,
      "admin/faas.yaml": "defaults:\n  plugins:\n    auth:\n      config: { roles: [admin] }\n",
    });
    project.configure({ stage: "production", env: { AUTH_SECRET: SECRET } });
    const code = { plugins: { auth: { config: { provider: "code", extra: SECRET } } } };
    const config = await project.resolve("admin/users.api.ts", code);
    const root = { source: "file", file: project.path("faas.yaml") };
    const admin = { source: "file", file: project.path("admin/faas.yaml") };
    const plain = { redacted: false, variables: [] };
    const hidden = { value: "[redacted]", redacted: true, variables: [] };
    const auth = (...keys: string[]) => ["plugins", "auth", ...keys];
    expect(config.explain()).toEqual([
      {
        keyPath: auth("type"),
        ...plain,
        ...root,
        value: "./auth.ts",
        section: "defaults",
        line: 4,
        column: 13,
        overrode: [],
      },
      {
        keyPath: auth("public"),
        ...plain,
        ...root,
        value: ["provider", "roles"],
        section: "defaults",
        line: 5,
        column: 15,
        overrode: [],
      },
      {
        keyPath: auth("config", "provider"),
        ...plain,
        value: "code",
        source: "code",
        overrode: [
          { ...plain, ...root, value: "oauth", section: "production", line: 15, column: 19 },
          { ...plain, ...root, value: "jwt", section: "defaults", line: 7, column: 19 },
        ],
      },
      {
        keyPath: auth("config", "secret"),
        ...hidden,
        ...root,
        section: "production",
        line: 14,
        column: 17,
        variables: ["AUTH_SECRET"],
        overrode: [{ ...hidden, ...root, section: "defaults", line: 8, column: 17 }],
      },
      {
        keyPath: auth("config", "roles"),
        ...plain,
        ...admin,
        value: ["admin"],
        section: "defaults",
        line: 4,
        column: 24,
        overrode: [{ ...plain, ...root, value: ["user"], section: "defaults", line: 9, column: 16 }],
      },
      { keyPath: auth("config", "extra"), ...hidden, source: "code", overrode: [] },
    ]);
    expect(JSON.stringify(config.explain())).not.toContain(SECRET);
  });

  it("tells of an entry that says nothing but a name", async () => {
    const project = await createProject({ "faas.yaml": "defaults:\n  plugins:\n    http:\n" });
    const [http, ...others] = (await project.resolve()).explain();
    expect(http).toMatchObject({
      keyPath: ["plugins", "http"],
      value: {},
      file: project.path("faas.yaml"),
      line: 3,
      column: 5,
    });
    expect(others).toEqual([]);
  });

  it("tells a map in the place of a text, a text in that of a map, and a map without keys", async () => {
    const project = await createProject({
      "faas.yaml":
        "defaults: { plugins: { a: { public: [x, y, z], config: { x: 1, y: { b: 2 }, z: {} } } } }",
    });
    const code = { plugins: { a: { config: { x: { c: 3, d: 4 }, y: 5 } } } };
    const explained = (await project.resolve(undefined, code)).explain();
    expect(
      explained.map(({ keyPath, value, overrode }) => [
        keyPath.slice(2).join("."),
        value,
        overrode.map((source) => source.value),
      ]),
    ).toEqual([
      ["public", ["x", "y", "z"], []],
      ["config.x.c", 3, [1]],
      ["config.x.d", 4, [1]],
      ["config.y", 5, [{ b: 2 }]],
      ["config.z", {}, []],
    ]);
  });

  it("shows a variable's value where it is public, and the text as written of what does not count", async () => {
    const project = await createProject({
      "faas.yaml": "defaults: { plugins: { a: { public: [x], config: { x: '${OLD:-a}' } } } }",
      "a/faas.yaml": "defaults: { plugins: { a: { config: { x: 'is ${NEW:-${B}}' } } } }",
      "a/b/faas.yaml": "defaults: { plugins: { a: { enabled: false } } }",
    });
    project.configure({ env: { NEW: "new" } });
    const [, x] = (await project.resolve("a/x.api.ts")).explain();
    expect(x).toMatchObject({
      value: "is new",
      variables: ["NEW", "B"],
      overrode: [{ value: "${OLD:-a}", variables: ["OLD"] }],
    });
    const off = (await project.resolve("a/b/x.api.ts")).explain();
    expect(off.map(({ value }) => value)).toEqual([["x"], "is ${NEW:-${B}}", false]);
  });
});
