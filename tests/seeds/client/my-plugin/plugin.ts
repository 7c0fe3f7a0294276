import type { ClientPlugin } from "@x/client";
import type { MyPluginInternal } from "./types.ts";

export function myPlugin(): ClientPlugin {
  return {
    name: "my-plugin",
    operations: ["read"],

    internal(context): MyPluginInternal {
      return {
        doSomething(value: string) {
          console.log(value);
        },
        getSomething() {
          return "hello";
        },
      };
    },
  };
}
