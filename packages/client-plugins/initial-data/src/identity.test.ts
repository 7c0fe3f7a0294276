import { createTestBench, flushMicrotasks } from "@x/client/testing";
import { expect, it } from "vitest";
import { initialData } from "./index.ts";

it("initial data is not shown to another user than the one whose it was", async () => {
  let user = "ada";
  const { client, transport } = createTestBench({ identity: () => user });
  const held = transport.hold("GET posts");
  const observer = client.use([initialData()]).observe("posts", { initialData: "ada's" });
  observer.mount();
  expect(observer.getSnapshot().data).toBe("ada's");
  user = "grace";
  expect(observer.getSnapshot().data).toBeUndefined();
  await flushMicrotasks();
  held.at(-1)?.reply({ data: "grace's" });
  await flushMicrotasks();
  expect(observer.getSnapshot().data).toBe("grace's");
  observer.unmount();
});
