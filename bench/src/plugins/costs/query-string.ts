import { queryString } from "@x/client-query-string";
import type { PluginCost } from "../plugin-cost.ts";

const query = { page: 2, filter: { tags: ["oak", "new"] } };

export const queryStringCost: PluginCost = {
  name: "query-string",
  imports: "queryString",
  work: {
    what: "a read with a nested query, beside the client's own way to write it",
    open({ clientWith, sent }) {
      const client = clientWith(queryString());
      return {
        run: (id) => client.get("items/:id", { params: { id }, query }),
        find: () => decodeURIComponent(new URL(sent[0]!.url).search),
      };
    },
    difference: {
      without: "?page=2&filter[tags]=oak&filter[tags]=new",
      with: "?page=2&filter[tags][0]=oak&filter[tags][1]=new",
    },
  },
  idle: {
    what: "a read without a query",
    open({ clientWith }) {
      const client = clientWith(queryString());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
