import type { StubFetch } from "./client-candidate.ts";

/** What the API answers with. The item stands under `data`, where a GraphQL response has it. */
export interface ApiBody {
  readonly data: { readonly item: Item };
}

/** What every candidate reads. */
export interface Item {
  readonly id: number;
  readonly title: string;
  readonly tags: readonly string[];
}

/** Where the API would be. Nothing leaves the process. */
export const BASE_URL = "https://api.example/v1";

export const ITEM: Item = { id: 1, title: "A chair to sit on", tags: ["furniture", "oak", "new"] };

const BODY: ApiBody = { data: { item: ITEM } };

/** Answers every request at once with a fresh response of the same content. */
export const stubFetch: StubFetch = async () => Response.json(BODY);
