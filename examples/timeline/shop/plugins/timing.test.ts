import { defineApi } from "@x/server";
import { testApi } from "@x/server/testing";
import { expect, it } from "vitest";
import { TimingPlugin } from "./timing.ts";

const timed = (config?: { metric: string }) =>
  testApi(
    defineApi({
      plugins: [new TimingPlugin({ type: "timing", name: "timing", ...(config && { config }) })],
      handler: () => "done",
    }),
  );

it("tells how long the server took, by the name that configuration gives", async () => {
  const { data, headers } = await timed({ metric: "shop" })();
  expect(data).toBe("done");
  expect(headers["server-timing"]).toMatch(/^shop;dur=\d+\.\d$/);
});

it("calls it total without a name", async () => {
  expect((await timed()()).headers["server-timing"]).toMatch(/^total;/);
});
