import { isContractSkew } from "@x/client-contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "./typed-client.ts";
import { writeProject, type WrittenProject } from "./written-project.ts";

describe("a client with what x types has written", () => {
  let built: WrittenProject;
  let grown: WrittenProject;
  let broken: WrittenProject;

  beforeAll(async () => {
    built = await writeProject(`
      schema: z.object({ sku: z.string() }),
      handler: ({ params }) => ({ sku: params.sku }),
    `);
    grown = await writeProject(`
      schema: z.object({ sku: z.string(), note: z.string().optional() }),
      errors: { LOCKED: { status: 423 } },
      handler: ({ params, errors }) => {
        if (params.sku === "locked") throw errors.LOCKED();
        return { sku: params.sku, at: new Date(0) };
      },
    `);
    broken = await writeProject(`
      schema: z.object({ sku: z.string(), address: z.object({ street: z.string() }) }),
      handler: () => ({}),
    `);
  }, 60_000);

  afterAll(() => Promise.all([built, grown, broken].map((project) => project.remove())));

  it("is answered at once by the server that it was written of", async () => {
    const { client, sent } = connect(built.app, built.contract);
    expect((await client.post("orders/create", { body: { sku: "tea" } })).data).toEqual({ sku: "tea" });
    expect(sent.map(({ headers }) => headers.get("api-contract"))).toEqual([
      built.contract.hashes["orders/create POST"],
    ]);
  });

  it("goes on with one that has more since, and says so from then on", async () => {
    const { client, sent } = connect(grown.app, built.contract);
    const { data } = await client.post("orders/create", { body: { sku: "tea" } });
    expect(data).toEqual({ sku: "tea", at: "1970-01-01T00:00:00.000Z" });
    await client.post("orders/create", { body: { sku: "locked" } });
    expect(sent.map(({ headers }) => headers.get("api-contract"))).toEqual(
      [built, grown, grown].map(({ contract }) => contract.hashes["orders/create POST"]),
    );
  });

  it("is refused by one that has less, with everything that is in the way", async () => {
    const { client } = connect(broken.app, built.contract);
    const { error } = await client.post("orders/create", { body: { sku: "tea" } });
    expect(isContractSkew(error) && error.data).toEqual([
      { side: "input", field: "address", problem: "required" },
      { side: "output", field: "sku", problem: "removed" },
    ]);
  });
});
