import { createPages } from "@x/client/pages";
import { createQueue } from "@x/client/queue";
import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { expect, it } from "vitest";
import { invalidation } from "./index.ts";

interface Api {
  files: {
    GET: { data: { names: string[] }; query: { page: number } };
    POST: { data: string; body: string };
  };
}

it("B-35: a task of a queue that succeeds has a list fetched again, and one that fails does not", async () => {
  const { client, transport } = createTestBench<Api>();
  const names = ["first"];
  transport.reply("GET files", () => ({ data: { names: [...names] } }));
  transport.reply("POST files", { status: 500 });
  transport.reply("POST files", ({ body }) => {
    names.push(String(body));
    return { data: "kept" };
  });
  const invalidating = client.use([invalidation()]);
  const files = createPages(invalidating, "files", {
    initialPageParam: 1,
    toRequest: (page) => ({ query: { page } }),
    getNextPageParam: () => null,
  });
  files.mount();
  await flushMicrotasks();
  const uploads = createQueue(invalidating, "files");
  const reads = () => transport.requests.filter(({ method }) => method === "GET").length;
  const { id, done } = uploads.add({ body: "second" });
  await done;
  await flushMicrotasks();
  expect(reads()).toBe(1);
  await uploads.retry(id);
  await flushMicrotasks();
  expect(reads()).toBe(2);
  expect(files.getSnapshot().pages).toEqual([{ names: ["first", "second"] }]);
  await uploads.add({ body: "third", invalidate: false }).done;
  await flushMicrotasks();
  expect(reads()).toBe(2);
});
