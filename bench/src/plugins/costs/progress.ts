import { fetchTransport } from "@x/client";
import { progress } from "@x/client-progress";
import { stubFetch } from "../../client/api.ts";
import type { PluginCost } from "../plugin-cost.ts";

const transport = fetchTransport({ fetch: stubFetch });

export const progressCost: PluginCost = {
  name: "progress",
  imports: "progress",
  work: {
    what: "a download of one piece by `fetch` that is followed",
    open({ clientWith }) {
      let told = 0;
      const client = clientWith(progress(), { transport });
      const onDownloadProgress = () => void (told += 1);
      return {
        run: (id) => client.get("items/:id", { params: { id }, onDownloadProgress }),
        find: () => told > 0,
      };
    },
    difference: { without: false, with: true },
  },
  idle: {
    what: "a read that nobody follows",
    open({ clientWith }) {
      const client = clientWith(progress());
      return { run: (id) => client.get("items/:id", { params: { id } }) };
    },
  },
};
