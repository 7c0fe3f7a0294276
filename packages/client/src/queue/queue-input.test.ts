import { describe, expect, it } from "vitest";
import { heldQueue, type FilesApi } from "../test-support/held-queue.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createQueue } from "./index.ts";

describe("bad input", () => {
  it("B-47 DUPLICATE_ID: a task has that id, until it is removed", async () => {
    const { queue, add, answer } = heldQueue();
    add("a");
    const refusal = expect.objectContaining({ code: "DUPLICATE_ID" });
    expect(() => add("a")).toThrow(refusal);
    await flushMicrotasks();
    await answer("a");
    expect(() => add("a")).toThrow(refusal);
    queue.remove("a");
    expect(add("a").id).toBe("a");
  });

  it.each([0, -1, 1.5, Number.NaN])("INVALID_OPTION: a concurrency of %d", (concurrency) => {
    const { client, queue } = heldQueue();
    const refusal = expect.objectContaining({ code: "INVALID_OPTION" });
    expect(() => createQueue(client, "files", { concurrency })).toThrow(refusal);
    expect(() => queue.update({ concurrency })).toThrow(refusal);
  });

  it("INVALID_OPTION: an id that is no text", () => {
    const { queue } = heldQueue();
    const refusal = expect.objectContaining({ code: "INVALID_OPTION" });
    expect(() => queue.add({ body: "a" }, { id: "" })).toThrow(refusal);
    expect(() => queue.add({ body: "a" }, { id: 7 as unknown as string })).toThrow(refusal);
  });

  it("is no limit of Infinity", async () => {
    const { client, transport } = createTestBench<FilesApi>();
    transport.reply("POST files", { data: 1 });
    const queue = createQueue(client, "files", { concurrency: Infinity });
    await Promise.all(Array.from({ length: 50 }, () => queue.add({ body: "a" }).done));
    expect(transport.requests).toHaveLength(50);
  });

  it("that throws when it is read fails that task alone", async () => {
    const { client, transport } = createTestBench<FilesApi>();
    transport.reply("POST files", { data: 1 });
    const queue = createQueue(client, "files", { concurrency: 1 });
    const cause = new Error("thrown by toJSON");
    const folder = {
      toJSON() {
        throw cause;
      },
    };
    const bad = queue.add({ query: { folder: folder as unknown as string } });
    const good = queue.add({ body: "a" });
    expect((await bad.done).error).toMatchObject({ code: "OPTION_THREW", cause });
    expect(await good.done).toMatchObject({ data: 1 });
  });
});
