import type { StepOutcome } from "@x/pipeline";
import type { InvokeData, Next, Plugin, PluginOptions } from "@x/server";
import { z } from "zod";

declare module "@x/server" {
  interface DefineApiInject {
    /** The steps of this request that have ended, innermost first. Whoever starts the app notes them. */
    steps?: ServerStep[];
  }
}

/** One step of a request on the server. Times are in milliseconds of the process's clock. */
export interface ServerStep {
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: StepOutcome;
}

const configSchema = z.strictObject({
  /** Whose requests tell their steps. */
  roles: z.array(z.string()),
});

/**
 * Tells which plugins a request has gone through, and when, in the header `server-timing`: to those who may know. It
 * stands outside of the plugins that it tells of.
 */
export class StepsPlugin implements Plugin {
  static readonly configSchema = configSchema;
  static readonly publicConfig = ["roles"];
  readonly type: string;
  readonly name: string;
  readonly #roles: readonly string[];

  constructor({ type, name, config }: PluginOptions) {
    this.type = type;
    this.name = name;
    this.#roles = (config as z.infer<typeof configSchema>).roles;
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    const startedAt = performance.now();
    try {
      await next();
    } finally {
      const mayKnow = data.current_user?.roles.some((role) => this.#roles.includes(role));
      if (mayKnow) data.setHeader?.("server-timing", toServerTiming(data.steps ?? [], startedAt));
    }
  }
}

/** `auth;dur=0.8;desc="0.1 returned"`: how long, when it began, and how it ended. */
function toServerTiming(steps: readonly ServerStep[], since: number): string {
  const entries = steps
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map(({ name, startedAt, endedAt, outcome }) => {
      const duration = (endedAt - startedAt).toFixed(2);
      return `${name};dur=${duration};desc="${(startedAt - since).toFixed(2)} ${outcome}"`;
    });
  return [`total;dur=${(performance.now() - since).toFixed(2)}`, ...entries].join(", ");
}
