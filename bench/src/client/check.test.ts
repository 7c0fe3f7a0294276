import { expect, it } from "vitest";
import { checkCandidates } from "./check.ts";

it("finds that every candidate reads the same data by as many fetches", async () => {
  await expect(checkCandidates()).resolves.toMatch(
    /@x\/client, TanStack Query, urql, ky, ofetch, axios give the same data/,
  );
});
