// What a user of @x/pipeline writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import {
  compose,
  explain,
  isPipelineError,
  observeSteps,
  PipelineError,
  type PipelineErrorCode,
  type PluginIdentity,
  resolvePlugins,
  singleFlight,
  type Step,
  type StepDefinition,
  type StepEndEvent,
} from "@x/pipeline";

interface Visit {
  readonly path: string;
  readonly trail: string[];
}

interface Tracer extends PluginIdentity {
  readonly visit: StepDefinition<Visit, string>["run"];
}

const tracer = (name: string, priority?: number): Tracer => ({
  name,
  priority,
  async visit({ trail }, next) {
    trail.push(name);
    return `${name}(${await next()})`;
  },
});

// Plugins in order, as data and as text.
const plugins = [tracer("retry"), tracer("cache", -10)];
const order: readonly Tracer[] = resolvePlugins(plugins);
assert.deepEqual(
  order.map(({ name }) => name),
  ["cache", "retry"],
);
assert.match(String(explain(plugins)), /^1\. cache: priority -10/);
assert.match(explain(plugins).toMermaid(), /^flowchart LR/);

// A chain of them, observed.
const ended: StepEndEvent<Visit>[] = [];
const steps: Step<Visit, string>[] = order.map(({ name, visit }) => ({ name, hook: "visit", run: visit }));
const run = compose(observeSteps(steps, { onStepEnd: (event) => ended.push(event) }));
const trail: string[] = [];
const answer: string = await run({ path: "posts", trail }, ({ path }) => path);
assert.equal(answer, "cache(retry(posts))");
assert.deepEqual(trail, ["cache", "retry"]);
assert.deepEqual(
  ended.map(({ name, outcome }) => `${name} ${outcome}`),
  ["retry returned", "cache returned"],
);

// @ts-expect-error a chain without a core may end in undefined
const withoutCore: string = await run({ path: "posts", trail });
assert.equal(withoutCore, "cache(retry(undefined))");

// Faults, by code.
const codeOf = (fail: () => unknown): PipelineErrorCode | undefined => {
  try {
    fail();
  } catch (error) {
    return isPipelineError(error) ? error.code : undefined;
  }
  return undefined;
};
assert.equal(
  codeOf(() => resolvePlugins([tracer("cache"), tracer("cache")])),
  "DUPLICATE_PLUGIN",
);
// @ts-expect-error steps are functions or definitions
assert.equal(codeOf(compose.bind(undefined, ["cache"])), "INVALID_STEPS");
await assert.rejects(
  compose<object, undefined>([
    async function twice(_, next) {
      await next();
      return next();
    },
  ])({}),
  (error: unknown) => error instanceof PipelineError && error.code === "NEXT_CALLED_MULTIPLE_TIMES",
);

// One run for all callers.
let runs = 0;
const connect = singleFlight(() => ({ number: ++runs }));
const connections: { number: number }[] = await Promise.all([connect(), connect()]);
assert.deepEqual(connections, [{ number: 1 }, { number: 1 }]);
