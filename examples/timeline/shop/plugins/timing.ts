import type { InvokeData, Next, Plugin, PluginOptions } from "@x/server";

/** Tells the browser's developer tools how long the server took. */
export class TimingPlugin implements Plugin {
  readonly type: string;
  readonly name: string;
  readonly #metric: string;

  constructor({ type, name, config }: PluginOptions) {
    this.type = type;
    this.name = name;
    this.#metric = String(config?.["metric"] ?? "total");
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    const startedAt = performance.now();
    await next();
    data.setHeader?.("server-timing", `${this.#metric};dur=${(performance.now() - startedAt).toFixed(1)}`);
  }
}
