import type { HttpReply } from "../http/http-reply.ts";
import type { ApiRoute } from "./api-route.ts";

/** What `/readyz` tells. Counts alone: paths are nobody's business. */
export interface Readiness {
  readonly status: "ready" | "mounting" | "failing" | "closing";
  readonly mounted: number;
  readonly pending: number;
  readonly failed: number;
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
