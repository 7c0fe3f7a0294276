import { definePlugin } from "@x/client";

/** Sends an id with every request, by which logs on both ends can be joined. */
export function requestId(header = "x-request-id") {
  return definePlugin()({
    name: "bench:request-id",
    middleware(context, next) {
      context.request.headers[header] = crypto.randomUUID();
      return next();
    },
  });
}
