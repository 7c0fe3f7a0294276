import { describe, expect, test } from "vitest";
import { toApi } from "../test-support/contract-project.ts";
import { createProject } from "../test-support/create-project.ts";
import { runCli } from "../test-support/run-cli.ts";

describe("tags", () => {
  const writing = (tags: string) => toApi("1").replace('"GET"', `"POST", writes: ${tags}`);
  const reading = (tags: string) => toApi("1").replace('"GET"', `"GET", reads: ${tags}`);

  test("that are written and never read are told, with what was probably meant", async () => {
    const project = createProject({
      "src/list.api.ts": reading('["orders", "orders/:id"]'),
      "src/create.api.ts": writing('["ordres", "orders/:order", "orders/*", "list", "*"]'),
      "src/touch.api.ts": writing('["ordres", "else/*"]'),
    });
    const { code, stderr } = await runCli(project.folder, ["types"]);
    expect(code).toBe(0);
    expect(stderr).toMatchInlineSnapshot(`
      "warning no API reads the tag "ordres", written by /create, /touch. Did you mean
              "orders"?
      warning no API reads the tag "list", written by /create.
      warning no API reads the tag "else/*", written by /touch.
      "
    `);
  });

  test("of a read that a function gives are not known, so none is told", async () => {
    const project = createProject({
      "src/list.api.ts": reading("() => ['anything']"),
      "src/create.api.ts": writing('["something"]'),
    });
    const { code, stdout, stderr } = await runCli(project.folder, ["types", "--json"]);
    expect([code, stderr, JSON.parse(stdout).unreadTags]).toEqual([0, "", []]);
  });
});
