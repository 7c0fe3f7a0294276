import { definePlugin } from "@x/client";

const START = "bench:timing:start";

/** Tells how long each request took, in milliseconds, whatever came of it. */
export function timing(tell: (path: string, durationMs: number) => void) {
  return definePlugin()({
    name: "bench:timing",
    middleware(context, next) {
      context.temp.set(START, performance.now());
      return next();
    },
    afterResponse(context) {
      const start = context.temp.get(START);
      // A plugin outside of this one has answered.
      if (typeof start === "number") tell(context.path, performance.now() - start);
    },
  });
}
