import type { PluginOptions } from "../../../types.ts";
import { type Fault, hidden, plain } from "./plain.ts";

/** What plugins do with their configuration, and without HTTP. */
export const CONFIG_FAULTS: readonly Fault[] = [
  [
    "config",
    "changed config.list.1.deep",
    () =>
      plain(({ config }) => {
        config!["list"][1].deep = 1;
        return {};
      }),
  ],
  ["secrets", "inspect(plugin) shows the value of config.secret", () => plain(({ config }) => ({ config }))],
  [
    "secrets",
    "inspect(plugin) shows the value of config.secret",
    () => plain(() => ({ applyConfig, onMount: (_, next) => next() })),
  ],
  [
    "secrets",
    "JSON.stringify(plugin) shows the value of config.secret",
    () => plain(({ config }) => hidden("toJSON", () => config)),
  ],
  [
    "secrets",
    "String(plugin) shows the value of config.secret",
    () => plain(({ config }) => hidden("toString", () => JSON.stringify(config))),
  ],
  [
    "job",
    "a job met TypeError",
    () =>
      plain(() => ({
        onInvoke(data, next) {
          if (data.event.headers["authorization"]) throw new Error("not here");
          return next();
        },
      })),
  ],
  [
    "job",
    "the handler of a job ran 0 times",
    () => plain(() => ({ onInvoke: (data, next) => (data.context.runtime === "api" ? next() : undefined) })),
  ],
];

/** Keeps in the open what configuration says. */
function applyConfig(this: object, { config }: PluginOptions): void {
  Object.assign(this, { settings: { ...config } });
}
