import { describe, expect, it } from "vitest";
import { createClient } from "../client/create-client.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { definePlugin } from "../plugin/define-plugin.ts";
import { answerWith, serve } from "../test-support/serve.ts";
import { createTestBench, flushMicrotasks } from "../testing/index.ts";
import { createQueue, type QueueProgress } from "./index.ts";

interface Api {
  files: { POST: { data: string; body?: string } };
}

describe("B-47 what plugins change of a task", () => {
  const changing: ClientPlugin = {
    name: "test:changing",
    operations: ["queue"],
    middleware({ request }, next) {
      request.headers["authorization"] = "Bearer secret";
      request.query = { ...request.query, folder: "inbox" };
      request.body = { wrapped: request.body };
      return next();
    },
  };

  it("reaches the server: headers, query and body", async () => {
    const server = await serve(answerWith('"kept"', "application/json"));
    const client = createClient<Api>({ baseUrl: server.origin }).use([changing]);
    const queue = createQueue(client, "files");
    expect(await queue.add({ body: "x" }).done).toMatchObject({ data: "kept", status: 200 });
    const [received] = server.received;
    expect(received).toMatchObject({ method: "POST", url: "/files?folder=inbox" });
    expect(received?.headers["authorization"]).toBe("Bearer secret");
    expect(new TextDecoder().decode(received?.body)).toBe('{"wrapped":"x"}');
  });

  it("is done anew for a retry", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { status: 503 }).reply("POST files", { data: "kept" });
    const queue = createQueue(client.use([changing]), "files");
    const { id, done } = queue.add({ body: "x" });
    await done;
    await queue.retry(id);
    expect(transport.requests.map(({ body, url }) => [body, url])).toEqual([
      ['{"wrapped":"x"}', "files?folder=inbox"],
      ['{"wrapped":"x"}', "files?folder=inbox"],
    ]);
  });
});

describe("a task's request", () => {
  it("is one of the operation queue, in every hook, and stores nothing", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { data: "kept" });
    const seen: unknown[] = [];
    const queue = createQueue(
      client.use([
        {
          name: "test:queue",
          operations: ["queue"],
          middleware({ operationType, method, observed }, next) {
            seen.push([operationType, method, observed]);
            return next();
          },
          afterResponse: (_context, { status }) => void seen.push(status),
        },
        { name: "test:write", operations: ["write"], middleware: () => ({ error: new Error("a write") }) },
      ]),
      "files",
    );
    expect(await queue.add({ body: "x" }).done).toMatchObject({ data: "kept" });
    expect(seen).toEqual([["queue", "POST", true], 200]);
    expect(client.stateManager.size).toBe(0);
  });

  it("settles once when a plugin throws, and the queue goes on", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { data: "kept" });
    const throwing = client.use([
      {
        name: "test:throwing",
        middleware({ request }, next) {
          if (request.body === "bad") throw new Error("no");
          return next();
        },
      },
    ]);
    const queue = createQueue(throwing, "files", { concurrency: 1 });
    const bad = queue.add({ body: "bad" });
    const good = queue.add({ body: "good" });
    expect((await bad.done).error).toMatchObject({ code: "PLUGIN_THREW" });
    expect(await good.done).toMatchObject({ data: "kept" });
  });

  it("that a plugin sends again keeps to its room", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { status: 401 }).reply("POST files", { data: "kept" });
    const again = client.use([
      {
        name: "test:again",
        async middleware(context, next) {
          const response = await next();
          return response.status === 401 && !context.forceRefetch ? context.refetch() : response;
        },
      },
    ]);
    const queue = createQueue(again, "files", { concurrency: 1 });
    expect(await queue.add({ body: "x" }).done).toMatchObject({ data: "kept" });
    expect(queue.getSnapshot()).toMatchObject({ running: 0 });
  });

  it("shows what plugins tell while it is running", async () => {
    const { client, transport } = createTestBench<Api>();
    const held = transport.hold("POST files");
    const telling = definePlugin<{ meta: { step: string } }>()({
      name: "test:telling",
      async middleware(context, next) {
        context.setMeta({ step: "sending" });
        const response = await next();
        context.setMeta({ step: "sent" });
        return response;
      },
    });
    const queue = createQueue(client.use([telling]), "files");
    const { done } = queue.add({ body: "x" });
    const meta = () => queue.getSnapshot().items[0]?.meta;
    await flushMicrotasks();
    expect(meta()).toEqual({ step: "sending" });
    held[0]?.reply({ data: 1 });
    await done;
    expect(meta()).toEqual({ step: "sent" });
  });
});

describe("progress", () => {
  type Reports = { onUploadProgress?: (progress: QueueProgress) => void };

  /** Stands for the official plugin, by its name and its option: reports half of a transfer, and all of it. */
  const progress = definePlugin<{ options: Reports }>()({
    name: "progress",
    async middleware({ pluginOptions }, next) {
      pluginOptions?.onUploadProgress?.({ transferredBytes: 5, totalBytes: 10 });
      const response = await next();
      pluginOptions?.onUploadProgress?.({ transferredBytes: 10, totalBytes: 10 });
      return response;
    },
  });

  it("shows in the snapshot, and is told to the task's own listener, too", async () => {
    const { client, transport } = createTestBench<Api>();
    const held = transport.hold("POST files");
    const queue = createQueue(client.use([progress]), "files");
    const own: number[] = [];
    const { done } = queue.add({
      body: "x",
      onUploadProgress: ({ transferredBytes }) => own.push(transferredBytes),
    });
    await flushMicrotasks();
    expect(queue.getSnapshot().items[0]?.progress).toEqual({ transferredBytes: 5, totalBytes: 10 });
    held[0]?.reply({ status: 503 });
    await done;
    expect(queue.getSnapshot().items[0]?.progress).toEqual({ transferredBytes: 10, totalBytes: 10 });
    expect(own).toEqual([5, 10]);
    void queue.retry(queue.getSnapshot().items[0]!.id);
    await flushMicrotasks();
    // Anew, and not where the attempt before has ended.
    expect(queue.getSnapshot().items[0]?.progress?.transferredBytes).toBe(5);
  });

  it("of an attempt that has ended shows no more", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { status: 503 }).reply("POST files", { data: 1 });
    const reports: NonNullable<Reports["onUploadProgress"]>[] = [];
    const late = definePlugin<{ options: Reports }>()({
      name: "progress",
      middleware({ pluginOptions }, next) {
        reports.push(pluginOptions!.onUploadProgress!);
        return next();
      },
    });
    const queue = createQueue(client.use([late]), "files");
    const { id, done } = queue.add({ body: "x" });
    await done;
    await queue.retry(id);
    for (const report of reports) report({ transferredBytes: 7, totalBytes: 10 });
    expect(queue.getSnapshot().items[0]).toMatchObject({ status: "success", progress: undefined });
  });

  it("asks for nothing of a client without that plugin", async () => {
    const { client, transport } = createTestBench<Api>();
    transport.reply("POST files", { data: 1 });
    const options: unknown[] = [];
    const watching: ClientPlugin = {
      name: "test:watching",
      afterResponse: ({ pluginOptions }) => void options.push(Object.keys(pluginOptions ?? {})),
    };
    await createQueue(client.use([watching]), "files").add({ body: "x" }).done;
    expect(options).toEqual([["method", "body", "operation", "signal"]]);
  });
});
