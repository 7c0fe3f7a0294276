import { auth } from "@x/client-auth";
import type { PluginCost } from "../plugin-cost.ts";

const config = { getToken: () => "a-token", refresh() {} };

export const authCost: PluginCost = {
  name: "auth",
  imports: "auth",
  work: {
    what: "a read that is sent with a token",
    open({ clientWith, sent }) {
      const client = clientWith(auth(config));
      return {
        run: (id) => client.get("items/:id", { params: { id } }),
        find: () => sent.filter(({ headers }) => headers["authorization"]).length,
      };
    },
    difference: { without: 0, with: 3 },
  },
  idle: {
    what: "a read with `auth: false`",
    open({ clientWith }) {
      const client = clientWith(auth(config));
      return { run: (id) => client.get("items/:id", { params: { id }, auth: false }) };
    },
  },
};
