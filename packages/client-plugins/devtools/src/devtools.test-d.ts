import { createClient, type ClientPlugin } from "@x/client";
import { describe, expectTypeOf, it } from "vitest";
import {
  devtools,
  type DevtoolsEvent,
  type DevtoolsInternal,
  type DevtoolsMethods,
  type DevtoolsTypes,
  type StepEndEvent,
} from "./index.ts";

interface Api {
  posts: { GET: { data: string[] } };
}

const client = createClient<Api>().use([devtools()]);

describe("devtools", () => {
  it("adds its methods to the client, and no option to its requests", () => {
    expectTypeOf(client.onDevtoolsEvent).toEqualTypeOf<DevtoolsMethods["onDevtoolsEvent"]>();
    expectTypeOf(client.devtoolsHistory()).toEqualTypeOf<readonly DevtoolsEvent[]>();
    // @ts-expect-error There is none.
    void client.get("posts", { record: true });
  });

  it("tells events apart by their type", () => {
    client.onDevtoolsEvent((event) => {
      if (event.type === "step-end") expectTypeOf(event).toEqualTypeOf<StepEndEvent>();
      // @ts-expect-error Not every event is of a request.
      void event.requestId;
    });
    // @ts-expect-error A misspelt option.
    client.onDevtoolsEvent(() => {}, { replays: true });
  });

  it("refuses options that it does not know", () => {
    devtools({ showHeaders: ["etag"], showBodies: true, record: true, historySize: 10 });
    // @ts-expect-error Bodies are shown or not.
    devtools({ showBodies: ["password"] });
    // @ts-expect-error A misspelt option.
    devtools({ showBody: true });
  });

  it("tells other plugins the type of its internal API", () => {
    const plugin: ClientPlugin = {
      name: "test:other",
      middleware(context, next) {
        expectTypeOf(context.plugins.get("devtools")).toEqualTypeOf<DevtoolsInternal | undefined>();
        return next();
      },
    };
    void client.use([plugin]);
  });

  it("can be named by its type", () => {
    expectTypeOf(devtools()).toExtend<ClientPlugin<DevtoolsTypes>>();
  });
});
