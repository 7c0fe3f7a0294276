import { ClientError, serveEntry, type PluginResponse, type RequestContext } from "@x/client";
import type { InitialDataConfig, InitialDataTypes } from "./types.ts";

type Context = RequestContext<InitialDataTypes>;

/** The scratch space's note of the initial data that a request is answered with. */
const ANSWER = "initial-data:answer";

/** Puts a request's initial data into the state, unless something is known there. */
export function seed(context: Context, config: InitialDataConfig): void {
  const { temp, stateManager, queryKey, pluginOptions: options = {} } = context;
  if (stateManager.getCache(queryKey)) return;
  try {
    const { initialData: given, refetchInitialData = config.refetchInitialData } = options;
    const received: unknown = typeof given === "function" ? given() : given;
    if (received === undefined) return;
    const shown = toShown(context, received);
    if (refetchInitialData === false) temp.set(ANSWER, { received });
    // An asynchronous transform: it is shown when it is there, and holds nothing up.
    if (isPromise(shown))
      shown.then(
        (data) => put(context, received, data),
        (cause) => reportThrow(context, cause),
      );
    else put(context, received, shown);
  } catch (cause) {
    reportThrow(context, cause);
  }
}

/** The answer to a request whose initial data is to be taken for one. */
export function answerOf({ temp, stateManager, queryKey }: Context): PluginResponse | undefined {
  // Only `seed` writes it.
  const answer = temp.get(ANSWER) as { readonly received: unknown } | undefined;
  if (!answer) return undefined;
  const entry = stateManager.getCache(queryKey);
  return entry ? serveEntry(entry) : { data: answer.received, status: 200 };
}

/** What the plugin `transform`, if there is one, makes of it: initial data is what the server would send. */
function toShown({ plugins }: Context, received: unknown): unknown {
  // That package need not be installed, so its types may not be there.
  const internal = plugins.get("transform") as { transform(received: unknown): unknown } | undefined;
  return internal ? internal.transform(received) : received;
}

function put(
  { stateManager, queryKey, tags, clock, temp, pluginOptions }: Context,
  received: unknown,
  data: unknown,
) {
  // An answer was quicker.
  if (stateManager.getCache(queryKey)) return;
  const updatedAt = pluginOptions?.initialDataUpdatedAt;
  stateManager.setCache(queryKey, {
    state: { data, timestamp: updatedAt ?? clock.now() },
    produced: received,
    tags,
    // Of what age it is nobody has said.
    stale: updatedAt === undefined && !temp.has(ANSWER),
  });
}

function reportThrow({ report, queryKey }: Context, cause: unknown): void {
  report(
    new ClientError(
      "INITIAL_DATA_THREW",
      `the initial data of ${queryKey} cannot be shown: what gives it threw`,
      {
        plugin: "initial-data",
        cause,
      },
    ),
  );
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === "function";
}
