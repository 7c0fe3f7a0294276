import {
  createClient,
  type AnyPlugin,
  type Client,
  type Clock,
  type Transport,
  type TransportRequest,
  type UntypedApi,
} from "@x/client";
import { BASE_URL, ITEM } from "../client/api.ts";

/** What a path is built with: the same for both sides, but for the plugin. */
export interface PathBench {
  /** A client of any API, with the plugin where this side has it. */
  clientWith<Plugin extends AnyPlugin>(
    plugin: Plugin,
    config?: { readonly clock?: Clock; readonly transport?: Transport },
  ): Client<UntypedApi, readonly [Plugin]>;
  /** What was sent so far, where that is kept. */
  readonly sent: readonly TransportRequest[];
}

interface PathBenchConfig {
  readonly withPlugin: boolean;
  /** Whether what is sent is kept, as checks need it. Default: `false`, for it would grow while it is measured. */
  readonly record?: boolean;
}

/** Opens one side of a path. */
export function createPathBench({ withPlugin, record = false }: PathBenchConfig): PathBench {
  const sent: TransportRequest[] = [];
  return {
    sent,
    clientWith(plugin, { clock = stillClock, transport = answer } = {}) {
      const recorded: Transport = (request) => {
        sent.push(request);
        return transport(request);
      };
      const client = createClient({ baseUrl: BASE_URL, clock, transport: record ? recorded : transport });
      // Without the plugin its options are taken all the same, and change nothing.
      return (withPlugin ? client.use([plugin]) : client) as Client<UntypedApi, readonly [typeof plugin]>;
    },
  };
}

/** Answers at once, with data of its own for every request. */
const answer: Transport = async () => ({ status: 200, data: { item: { ...ITEM } } });

/** Timers never fire: what a plugin does later is not part of a request. */
const stillClock: Clock = { now: () => Date.now(), schedule: () => () => {} };

/** Whatever is to wait goes on at once. */
export const hastyClock: Clock = {
  now: () => Date.now(),
  schedule(callback) {
    let cancelled = false;
    queueMicrotask(() => cancelled || callback());
    return () => {
      cancelled = true;
    };
  },
};
