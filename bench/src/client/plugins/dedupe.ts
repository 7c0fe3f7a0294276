import { definePlugin } from "@x/client";

/** Lets equal reads that are under way together share one fetch. */
export function dedupe() {
  return definePlugin()({
    name: "bench:dedupe",
    operations: ["read"],
    middleware(context, next) {
      context.request.shareKey = context.queryKey;
      return next();
    },
  });
}
