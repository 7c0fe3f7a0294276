/** Runs the rest of the chain and gives its result. A step calls it once, or not at all to answer early. */
export type Next<Result> = () => Promise<Result>;

/** One function in a chain: acts before and after `await next()`, or returns early. */
export type StepFunction<Context, Result> = (
  context: Context,
  next: Next<Result>,
) => Result | PromiseLike<Result>;

/** How a step is known to errors and observers. */
export interface StepIdentity {
  /** Who brings the step, usually a plugin's name. */
  readonly name: string;
  /** Which of its hooks the step is, such as `middleware`. */
  readonly hook?: string | undefined;
}

/** A step with the names that errors and observers show for it. */
export interface StepDefinition<Context, Result> extends StepIdentity {
  /** Allows `next()` again once the previous call has settled. Default: `false`. */
  readonly repeatable?: boolean | undefined;
  /** The function itself. It is called without `this`. */
  readonly run: StepFunction<Context, Result>;
}

/** What `compose` takes: a function, which errors name after itself, or a definition. */
export type Step<Context, Result> = StepFunction<Context, Result> | StepDefinition<Context, Result>;

/** What `compose` takes: steps in order, outermost first. Nested arrays are flattened, as in Koa. */
export type Steps<Context, Result> = readonly (Step<Context, Result> | Steps<Context, Result>)[];

/** What runs innermost: a transport, a handler, or another chain's `next`. */
export type Core<Context, Result> = (context: Context, next: Next<undefined>) => Result | PromiseLike<Result>;

/** A composed chain. Without a core, a chain whose steps all call `next()` ends in `undefined`. */
export interface Chain<Context, Result> {
  (context: Context, core: Core<Context, Result>): Promise<Result>;
  (context: Context, core?: Core<Context, Result | undefined>): Promise<Result | undefined>;
  // Again, because what a chain is as a step is inferred from its last signature alone.
  (context: Context, core: Core<Context, Result>): Promise<Result>;
}

/** A chain made by `composeEager`: what it has at once it returns as it is. */
export type EagerChain<Context, Result> = (
  context: Context,
  core: Core<Context, Result>,
) => Result | Promise<Result>;

/** Tells `compose` whom to blame for a failed run. `attribute` makes one. */
export interface Attribution {
  readonly accepts: (value: unknown) => boolean;
  readonly onThrow: (error: unknown, step: StepIdentity) => unknown;
  /** The search itself. It takes what only the engine has. */
  readonly blame: (
    attribution: Attribution,
    steps: readonly StepIdentity[],
    run: never,
    thrown?: { readonly error: unknown },
  ) => Promise<never>;
}
