import { createClient } from "@x/client";
import { createQueue } from "@x/client/queue";
import { expect, it } from "vitest";
import { progress } from "./index.ts";
import { serve } from "./test-support/serve.ts";

it("B-45: tells a queue how far the body of each task is sent, on a real wire", async () => {
  const { origin, received } = await serve((response) => response.writeHead(204).end());
  const client = createClient<{ files: { POST: { data: undefined; body: string } } }>({ baseUrl: origin });
  const uploads = createQueue(client.use([progress()]), "files");
  const seen = new Set<number>();
  uploads.subscribe(() => {
    const { progress: current } = uploads.getSnapshot().items[0]!;
    if (current) seen.add(current.transferredBytes);
  });
  const body = "x".repeat(200_000);
  await uploads.add({ body }).done;
  expect(uploads.getSnapshot().items[0]).toMatchObject({
    status: "success",
    progress: { transferredBytes: body.length, totalBytes: body.length },
  });
  expect(seen.size).toBeGreaterThan(0);
  expect(received[0]?.body).toHaveLength(body.length);
});
