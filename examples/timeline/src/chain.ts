import { compose, observeSteps, type Chain, type StepDefinition, type StepEndEvent } from "@x/pipeline";
import { setTimeout as wait } from "node:timers/promises";

/** What a request carries through the chain. */
export interface Request {
  readonly path: string;
  readonly user: string | undefined;
  durationMs?: number;
}

export interface Response {
  readonly status: number;
  readonly body: unknown;
}

const USERS = new Set(["ada", "grace"]);

/** The program: four plugins around a handler, and every request told to `onStepEnd`. */
export function createChain(onStepEnd: (event: StepEndEvent<Request>) => void): Chain<Request, Response> {
  const cached = new Map<string, Response>();

  const steps: StepDefinition<Request, Response>[] = [
    {
      name: "timing",
      async run(request, next) {
        const start = performance.now();
        try {
          return await next();
        } finally {
          request.durationMs = performance.now() - start;
        }
      },
    },
    {
      name: "errors",
      async run(_request, next) {
        try {
          return await next();
        } catch (error) {
          return { status: 500, body: error instanceof Error ? error.message : String(error) };
        }
      },
    },
    {
      name: "auth",
      async run(request, next) {
        await wait(5);
        return request.user && USERS.has(request.user) ? next() : { status: 401, body: "Who are you?" };
      },
    },
    {
      name: "cache",
      async run({ path }, next) {
        const hit = cached.get(path);
        if (hit) return hit;
        const response = await next();
        if (response.status === 200) cached.set(path, response);
        return response;
      },
    },
    { name: "handler", run: handle },
  ];
  return compose(observeSteps(steps, { onStepEnd }));
}

async function handle({ path }: Request): Promise<Response> {
  await wait(20);
  if (path === "/broken") throw new Error("The shelf is empty");
  if (path === "/orders") return { status: 200, body: [{ id: 1, total: 42 }] };
  return { status: 404, body: `Nothing at ${path}` };
}
