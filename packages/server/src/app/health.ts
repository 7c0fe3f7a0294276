import type { HttpReply } from "../http/http-reply.ts";
import type { Plugin } from "../types.ts";
import type { ApiRoute } from "./api-route.ts";

/** How long a plugin may take to say that it is ready. Whoever asks waits for the answer. */
const PATIENCE_MS = 2_000;

/** What `/readyz` tells. Counts alone: paths are nobody's business. */
export interface Readiness {
  readonly status: "ready" | "mounting" | "failing" | "closing";
  readonly mounted: number;
  readonly pending: number;
  readonly failed: number;
  /** How many plugins of mounted functions lack what they need, where some do. */
  readonly unready?: number;
}

const NO_CACHE = { "content-type": "application/json", "cache-control": "no-store" };

/** Tells whether an app can take requests. */
export function toReadiness(
  routes: readonly ApiRoute[] | undefined,
  { mounting, closing }: { readonly mounting: boolean; readonly closing: boolean },
): Readiness {
  const count = (wanted: string) => routes?.filter(({ state }) => state === wanted).length ?? 0;
  const [mounted, failed] = [count("mounted"), count("failed")];
  const pending = (routes?.length ?? 0) - mounted - failed;
  const failing = failed > 0 || routes === undefined;
  const status = closing ? "closing" : mounting ? "mounting" : failing ? "failing" : "ready";
  return { status, mounted, pending, failed };
}

/** Asks the plugins of mounted functions, all at the same time. */
export async function askPlugins(readiness: Readiness, routes: readonly ApiRoute[]): Promise<Readiness> {
  const plugins = new Set(routes.flatMap(({ ready }) => ready?.mounted.watchful ?? []));
  const answers = await Promise.all([...plugins].map(isPluginReady));
  const unready = answers.filter((isReady) => !isReady).length;
  if (unready === 0) return readiness;
  return { ...readiness, status: readiness.status === "ready" ? "failing" : readiness.status, unready };
}

async function isPluginReady(plugin: Plugin): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  try {
    return (await Promise.race([plugin.isReady!(), silence])) === true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Answers `/readyz`. */
export function toReadinessReply(readiness: Readiness): HttpReply {
  return toReply(readiness.status === "ready" ? 200 : 503, readiness);
}

/** Answers `/healthz`: whoever answers is alive. */
export function toLivenessReply(): HttpReply {
  return toReply(200, { status: "up" });
}

function toReply(status: number, value: unknown): HttpReply {
  const body = JSON.stringify(value);
  return { status, headers: { ...NO_CACHE, "content-length": `${body.length}` }, body };
}
