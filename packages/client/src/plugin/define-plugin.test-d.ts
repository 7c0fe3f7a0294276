import type { Next } from "@x/pipeline";
import { describe, expectTypeOf, it } from "vitest";
import {
  definePlugin,
  type ClientPlugin,
  type ClientResponse,
  type InstanceContext,
  type OperationType,
  type PluginResponse,
  type RequestContext,
} from "../index.ts";

interface LabelTypes {
  options: { label?: string };
  meta: { label: string };
  methods: { setLabel(label: string): void };
}

describe("definePlugin", () => {
  it("infers operations and dependencies as they are written", () => {
    const plugin = definePlugin<LabelTypes>()({
      name: "acme:label",
      operations: ["read", "acme:export"],
      dependencies: ["acme:flags"],
    });
    expectTypeOf(plugin).toEqualTypeOf<
      ClientPlugin<LabelTypes, readonly ["read", "acme:export"], readonly ["acme:flags"]>
    >();
  });

  it("infers all operations and no dependencies where nothing is written", () => {
    expectTypeOf(definePlugin<LabelTypes>()({ name: "acme:label" })).toEqualTypeOf<
      ClientPlugin<LabelTypes, readonly OperationType[], readonly []>
    >();
  });

  it("takes an interface, an alias, or no types at all", () => {
    type Alias = { options: { label?: string } };
    definePlugin<Alias>()({ name: "acme:label" });
    definePlugin()({ name: "acme:label" });
  });

  it("refuses types that are misspelt", () => {
    // @ts-expect-error It is spelt `options`.
    definePlugin<{ option: { label?: string } }>();
    // @ts-expect-error It is spelt `methods`, also beside something right.
    definePlugin<{ options: { label?: string }; method: { setLabel(): void } }>();
  });

  it("refuses fields that are missing, misspelt or of a wrong type", () => {
    // @ts-expect-error The name is missing.
    definePlugin()({ operations: ["read"] });
    // @ts-expect-error It is spelt `operations`.
    definePlugin()({ name: "acme:label", operation: ["read"] });
    // @ts-expect-error It is a list.
    definePlugin()({ name: "acme:label", operations: "read" });
    // @ts-expect-error It is a number.
    definePlugin()({ name: "acme:label", priority: "high" });
    // @ts-expect-error An internal API is an object.
    definePlugin()({ name: "acme:label", internal: () => 5 });
  });
});

describe("a middleware", () => {
  it("is given the context and next()", () => {
    definePlugin<LabelTypes>()({
      name: "acme:label",
      middleware(context, next) {
        expectTypeOf(context).toEqualTypeOf<RequestContext<LabelTypes>>();
        expectTypeOf(next).toEqualTypeOf<Next<PluginResponse>>();
        return next();
      },
    });
  });

  it("returns a response, at once or later", () => {
    definePlugin()({ name: "acme:early", middleware: () => ({ data: 1 }) });
    definePlugin()({ name: "acme:early", middleware: async () => ({ error: new Error("no"), status: 403 }) });
    definePlugin()({
      name: "acme:late",
      middleware: async (_, next) => ({ ...(await next()), status: 200 }),
    });
  });

  it("cannot return nothing, or what is no response", () => {
    // @ts-expect-error `return` is missing.
    definePlugin()({ name: "acme:silent", middleware: async (_, next) => void (await next()) });
    definePlugin()({
      name: "acme:silent",
      // @ts-expect-error `return` is missing.
      middleware(_, next) {
        void next();
      },
    });
    // @ts-expect-error `next` is not called.
    definePlugin()({ name: "acme:next", middleware: (_, next) => next });
    // @ts-expect-error A text is no response.
    definePlugin()({ name: "acme:text", middleware: () => "text" });
    // @ts-expect-error Nor is data by itself.
    definePlugin()({ name: "acme:data", middleware: () => [1, 2] });
    // @ts-expect-error It is spelt `data`.
    definePlugin()({ name: "acme:typo", middleware: () => ({ dat: 1 }) });
  });
});

describe("afterResponse", () => {
  it("is given a complete response, and returns one or nothing", () => {
    definePlugin()({
      name: "acme:after",
      afterResponse(context, response) {
        expectTypeOf(context).toEqualTypeOf<RequestContext<object>>();
        expectTypeOf(response).toEqualTypeOf<ClientResponse>();
        return { ...response, data: 1 };
      },
    });
    definePlugin()({ name: "acme:after", afterResponse: () => {} });
    definePlugin()({ name: "acme:after", afterResponse: async () => {} });
    definePlugin()({ name: "acme:after", afterResponse: (_, { data }) => (data ? undefined : { data: [] }) });
    // @ts-expect-error The data alone is no response.
    definePlugin()({ name: "acme:after", afterResponse: (_, { data }) => data });
  });
});

describe("the other hooks", () => {
  it("are given the context of an observer's request, onUpdate the one before as well", () => {
    definePlugin<LabelTypes>()({
      name: "acme:label",
      lifecycle: {
        onMount(context) {
          expectTypeOf(context).toEqualTypeOf<RequestContext<LabelTypes>>();
        },
        async onUpdate(context, previous) {
          expectTypeOf(previous).toEqualTypeOf(context);
        },
        onUnmount(context) {
          expectTypeOf(context.temp).toEqualTypeOf<Map<string, unknown>>();
        },
      },
    });
    // @ts-expect-error It is spelt `onUnmount`.
    definePlugin()({ name: "acme:label", lifecycle: { onUnMount() {} } });
  });

  it("make the methods that the types announce", () => {
    definePlugin<LabelTypes>()({
      name: "acme:label",
      api(context) {
        expectTypeOf(context).toEqualTypeOf<InstanceContext>();
        return {
          setLabel(label) {
            expectTypeOf(label).toEqualTypeOf<string>();
          },
        };
      },
    });
    // @ts-expect-error It is spelt `setLabel`.
    definePlugin<LabelTypes>()({ name: "acme:label", api: () => ({ setLable() {} }) });
  });

  it("set up without a request, and return what takes down or nothing", () => {
    definePlugin()({
      name: "acme:setup",
      setup({ clock, send }) {
        expectTypeOf(send("posts", {})).resolves.toEqualTypeOf<ClientResponse>();
        return clock.schedule(() => {}, 5);
      },
    });
    definePlugin()({ name: "acme:setup", setup() {} });
    // @ts-expect-error There is no request to leave notes for.
    definePlugin()({ name: "acme:setup", setup: ({ temp }) => temp.clear() });
    // @ts-expect-error The client is there before `setup` would be ready.
    definePlugin()({ name: "acme:setup", setup: async () => () => {} });
  });
});
