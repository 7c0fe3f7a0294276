import { definePlugin } from "@x/client";

/** Makes other data of what reads bring. */
export function transform(change: (data: unknown, path: string) => unknown) {
  return definePlugin()({
    name: "bench:transform",
    operations: ["read"],
    afterResponse({ path }, response) {
      return response.error ? undefined : { ...response, data: change(response.data, path) };
    },
  });
}
