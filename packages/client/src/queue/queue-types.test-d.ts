import { describe, expectTypeOf, it } from "vitest";
import { createClient, definePlugin, type ClientError, type ClientResponse } from "../index.ts";
import { createQueue } from "./index.ts";

interface Api {
  files: { GET: { data: string[] }; POST: { data: { url: string }; body: Blob; error: { reason: string } } };
  "files/:id": { PUT: { data: { url: string }; body: string }; DELETE: { data: undefined } };
}
interface ProgressTypes {
  options: { onUploadProgress?: (progress: { transferredBytes: number }) => void };
  meta: { key: string };
}

const progress = definePlugin<ProgressTypes>()({ name: "progress", operations: ["queue"] });
const writes = definePlugin<{ options: { invalidate?: string } }>()({ name: "w", operations: ["write"] });
const client = createClient<Api>().use([progress, writes]);

describe("createQueue", () => {
  it("posts, and requires what the API does", () => {
    const queue = createQueue(client, "files", { concurrency: 2 });
    const { done } = queue.add({ body: new Blob([]), onUploadProgress: () => {} }, { id: "a" });
    expectTypeOf(done).resolves.toEqualTypeOf<
      ClientResponse<{ url: string }, ClientError<{ reason: string }>, { readonly key?: string }>
    >();
    const [item] = queue.getSnapshot().items;
    expectTypeOf(item?.data).toEqualTypeOf<{ url: string } | undefined>();
    expectTypeOf(item?.error?.body).toEqualTypeOf<{ reason: string } | undefined>();
    expectTypeOf(item!.input.body).toEqualTypeOf<Blob>();
    // @ts-expect-error The body is missing.
    queue.add({});
    // @ts-expect-error The body is missing.
    queue.add();
    // @ts-expect-error No plugin that sees queues knows it.
    queue.add({ body: new Blob([]), invalidate: "files" });
  });

  it("takes the method of its options", () => {
    const queue = createQueue(client, "files/:id", { method: "PUT", timeoutMs: 5 });
    queue.add({ params: { id: 1 }, body: "x" });
    // @ts-expect-error The params are missing.
    queue.add({ body: "x" });
    const deletions = createQueue(client, "files/:id", { method: "DELETE" });
    deletions.add({ params: { id: 1 } });
    // @ts-expect-error It cannot be posted to.
    createQueue(client, "files/:id");
    // @ts-expect-error No such path.
    createQueue(client, "filez");
    // @ts-expect-error It is a number.
    createQueue(client, "files", { concurrency: "2" });
  });

  it("takes a client whose API nobody described", () => {
    const queue = createQueue(createClient(), "anything");
    expectTypeOf(queue.add().done).resolves.toExtend<ClientResponse>();
    queue.add({ body: 1 });
  });
});
