// @ts-expect-error It ships no types, and the community's bring Node's into this program.
import koaCompose from "koa-compose";
import { describe, expect, it } from "vitest";
import { compose } from "./compose.ts";

type Middleware = (context: Context, next: () => Promise<unknown>) => unknown;
type Compose = (
  steps: (Middleware | Middleware[])[],
) => (context: Context, core?: Middleware) => Promise<unknown>;

/** What the programs below write to while they run. */
interface Context {
  readonly trace: unknown[];
}

/** A chain built and run by the `compose` that is given: what matters is that both leave the same behind. */
type Program = (compose: Compose, context: Context) => unknown;

const log =
  (name: string): Middleware =>
  async ({ trace }, next) => {
    trace.push(`> ${name}`);
    const result = await next();
    trace.push(`< ${name}`);
    return result;
  };

const fail = (message: string) => {
  throw new RangeError(message);
};

function tellThis(this: unknown, { trace }: Context, next: () => Promise<unknown>) {
  trace.push(this);
  return next();
}

const programs: Record<string, Program> = {
  "steps run in order and unwind in reverse": (make, context) =>
    make([log("a"), log("b"), log("c")])(context, log("core")),
  "no steps, no core": (make, context) => make([])(context),
  "no steps, a core": (make, context) => make([])(context, () => "core"),
  "steps, no core": (make, context) => make([log("a"), (_, next) => next()])(context),
  "a chain without a core can be awaited as its steps pass on": (make, context) =>
    make([log("a")])(context).then((result) => ["then", result]),
  "the last return value wins through": (make, context) =>
    make([(_, next) => next(), async (_, next) => [await next(), "inner"]])(context, () => "core"),
  "a step that returns nothing swallows the result": (make, context) =>
    make([async (_, next) => void (await next())])(context, () => "core"),
  "results stay as they are": (make, context) =>
    Promise.all([0, "", false, null, undefined].map((value) => make([log("a"), () => value])(context))),
  "an early return keeps the rest from starting": (make, context) =>
    make([log("a"), () => "early", log("b")])(context, log("core")),
  "steps need not be async": (make, context) =>
    make([({ trace }, next) => (trace.push("sync"), next()), () => "plain"])(context),
  "a step's promise is adopted": (make, context) =>
    make([() => Promise.resolve(Promise.resolve("deep"))])(context),
  "a throw of a plain step rejects": (make, context) => make([log("a"), () => fail("sync")])(context),
  "a throw of an async step rejects": (make, context) => make([log("a"), async () => fail("async")])(context),
  "a throw after next() rejects": (make, context) =>
    make([log("a"), (_, next) => next().then(() => fail("after"))])(context, log("core")),
  "a throw of the core rejects": (make, context) => make([log("a")])(context, () => fail("core")),
  "a throw rejects next(), not the step that called it": (make, context) =>
    make([(_, next) => next().catch((error: Error) => `caught ${error.message}`), () => fail("inner")])(
      context,
    ),
  "a rejection with no error": (make, context) => make([() => Promise.reject(undefined)])(context),
  "an outer finally runs before the rejection arrives": (make, context) =>
    make([async ({ trace }, next) => next().finally(() => trace.push("finally")), () => fail("inner")])(
      context,
    ),
  "next() twice in a row": (make, context) =>
    make([log("a"), async (_, next) => [await next(), await next()], log("b")])(context, log("core")),
  "next() twice at once": (make, context) =>
    make([(_, next) => Promise.all([next(), next()])])(context, log("core")),
  "next() twice, the second refusal caught": (make, context) =>
    make([async ({ trace }, next) => [await next(), await next().catch(() => trace.push("refused"))]])(
      context,
      () => "core",
    ),
  "next() twice around an early return": (make, context) =>
    make([async (_, next) => [await next(), await next()], () => "early"])(context, log("core")),
  "next() twice after a failure": (make, context) =>
    make([async (_, next) => next().catch(() => next()), () => fail("inner")])(context),
  "the core's own next ends in undefined": (make, context) =>
    make([log("a")])(context, async ({ trace }, next) => trace.push(await next())),
  "a chain as a step": (make, context) =>
    make([log("a"), make([log("b"), log("c")]), log("d")])(context, log("core")),
  "a chain as the core": (make, context) => make([log("a")])(context, make([log("b"), () => "inner"])),
  "a chain as the core that ends in undefined": (make, context) =>
    make([log("a")])(context, make([log("b")])),
  "a chain as a step that returns early": (make, context) =>
    make([log("a"), make([() => "early"]), log("b")])(context, log("core")),
  "a failure within a nested chain": (make, context) =>
    make([log("a"), make([log("b"), () => fail("nested")])])(context),
  "next() twice within a nested chain": (make, context) =>
    make([log("a"), make([async (_, next) => [await next(), await next()]])])(context, log("core")),
  "nested arrays": (make, context) =>
    make([log("a"), [log("b"), log("c")], [], log("d")])(context, log("core")),
  "an array that changes after it was given": (make, context) => {
    const steps = [log("a"), log("b")];
    const chain = make(steps);
    steps.splice(0, 2, log("c"));
    return chain(context, log("core"));
  },
  "an array stays as it was": (make) => {
    const steps = [log("a"), [log("b")]];
    make(steps);
    return [steps.length, Array.isArray(steps[1])];
  },
  "the context is handed through": (make, context) =>
    make([(given, next) => (given.trace.push(given === context), next())])(
      context,
      (given) => given === context,
    ),
  "no context": (make) => make([(given, next) => next().then(() => given)])(undefined as never),
  "a chain runs again": async (make, context) => {
    const chain = make([log("a")]);
    return [await chain(context, () => 1), await chain(context, () => 2)];
  },
  "runs at once": (make, context) => {
    const chain = make([log("a"), log("b")]);
    return Promise.all([chain(context, () => 1), chain(context, () => fail("two")).catch(() => "failed")]);
  },
  "25 steps": (make, context) =>
    make(Array.from({ length: 25 }, (_, index) => log(`${index}`)))(context, () => "core"),
  "no `this`": (make, context) => make([tellThis])(context, tellThis),
  "a core that is no function": (make, context) => make([log("a")])(context, "core" as never),
  "a core that is null": (make, context) => make([log("a")])(context, null as never),
  "no array": (make) => make("steps" as never),
  "nothing at all": (make) => make(undefined as never),
  "an array with something that is no function": (make) => make([log("a"), "b" as never]),
  "an array with null": (make) => make([null as never]),
};

/** Everything that can be seen of a program from outside. */
async function observe(program: Program, make: Compose) {
  const context: Context = { trace: [] };
  let failed = "at once";
  try {
    const running = program(make, context);
    failed = "later";
    // Both must have started as much before they return.
    const startedWith = [...context.trace];
    const result = await running;
    return { startedWith, result, ...context };
  } catch (error) {
    return { failed, error: kindOf(error), ...context };
  }
}

/** Texts are each library's own, but for the one that Koa's users know. */
function kindOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.message.startsWith("next() called multiple times")) return "next() called multiple times";
  return error instanceof TypeError ? "TypeError" : `${error.name} ${error.message}`;
}

describe("as in koa-compose:", () => {
  it.each(Object.entries(programs))("%s", async (_, program) => {
    const expected = await observe(program, koaCompose as Compose);
    expect(await observe(program, compose as Compose)).toEqual(expected);
  });
});

const late: Program = async (make, context) => {
  const kept: (() => Promise<unknown>)[] = [];
  await make([(_, next) => void kept.push(next)])(context, log("core"));
  return kept[0]!();
};

const dropped: Program = (make, context) =>
  make([(_, next) => (void next(), "answer")])(context, () => new Promise(() => {}));

const coreTwice: Program = (make, context) =>
  make([])(context, async (_, next) => [await next(), await next()]);

describe("unlike koa-compose:", () => {
  it("a first next() that comes after the chain has settled starts nothing", async () => {
    expect(await observe(late, koaCompose as Compose)).toMatchObject({ trace: ["> core", "< core"] });
    await expect(late(compose as Compose, { trace: [] })).rejects.toMatchObject({ code: "NEXT_CALLED_LATE" });
  });

  it("a next() that nobody awaits is an error when the core is running", async () => {
    expect(await observe(dropped, koaCompose as Compose)).toMatchObject({ result: "answer" });
    await expect(dropped(compose as Compose, { trace: [] })).rejects.toMatchObject({
      code: "NEXT_NOT_AWAITED",
    });
  });

  it("the core's own next(), which leads nowhere, may be called again", async () => {
    expect(await observe(coreTwice, koaCompose as Compose)).toMatchObject({
      error: "next() called multiple times",
    });
    expect(await observe(coreTwice, compose as Compose)).toMatchObject({ result: [undefined, undefined] });
  });
});
