/** What every candidate's chain runs on: the same object shape for all, Hono's fields included. */
export class BenchContext {
  /** How many steps ran. */
  n = 0;
  /** What the core answers, and a step that returns early. */
  readonly value = "answer";
  /** Filled by steps that keep a trace. */
  readonly trace: string[] = [];
  /** Hono's: the dispatcher notes there which handler runs. */
  readonly req = { routeIndex: 0 };
  /** Hono's: whether `res` was set. Reset before each run of any candidate. */
  finalized = false;
  #res: unknown;

  /** Hono's: the dispatcher leaves the answer there. */
  get res(): unknown {
    return this.#res;
  }

  set res(value: unknown) {
    this.#res = value;
    this.finalized = true;
  }
}
