import type { AnyPlugin } from "../../plugin/plugin.ts";

/** What one run of a middleware did with its `next`. */
export interface MiddlewareRun {
  calls: number;
  /** Whether it called while a previous call was still under way. */
  overlapped: boolean;
  /** Whether it ended before what it had called. */
  endedEarly: boolean;
}

/** A plugin whose hooks are counted. */
export interface WatchedPlugin {
  readonly plugin: AnyPlugin;
  readonly runs: readonly MiddlewareRun[];
  readonly setUps: () => number;
}

type Middleware = NonNullable<AnyPlugin["middleware"]>;

/** Watches a plugin that nobody else uses: its hooks are replaced on the very object, so that it meets them itself. */
export function watchPlugin(created: AnyPlugin): WatchedPlugin {
  const plugin: AnyPlugin = Object.isExtensible(created) ? created : Object.create(created);
  const runs: MiddlewareRun[] = [];
  let setUps = 0;
  const { middleware, setup } = created;
  if (setup)
    replace(plugin, "setup", (context: never) => {
      setUps += 1;
      return setup.call(created, context);
    });
  if (middleware)
    replace(plugin, "middleware", (...[context, next]: Parameters<Middleware>) => {
      const run: MiddlewareRun = { calls: 0, overlapped: false, endedEarly: false };
      let underWay = 0;
      runs.push(run);
      const watchedNext: typeof next = (...asker) => {
        run.calls += 1;
        run.overlapped ||= underWay > 0;
        underWay += 1;
        const result = next(...asker);
        const end = () => void (underWay -= 1);
        // First of all who wait for it: when the plugin goes on, the call is over.
        void Promise.resolve(result).then(end, end);
        return result;
      };
      const end = () => void (run.endedEarly = underWay > 0);
      const ending = Promise.resolve(middleware.call(created, context, watchedNext));
      void ending.then(end, end);
      return ending;
    });
  return { plugin, runs, setUps: () => setUps };
}

function replace(plugin: object, hook: string, value: unknown): void {
  Object.defineProperty(plugin, hook, { value, configurable: true, enumerable: true, writable: true });
}
