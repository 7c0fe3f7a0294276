import { describe, expect, it } from "vitest";
import type { GenericRequestOptions, RequestContext } from "../request/context-types.ts";
import type { ClientPlugin } from "../plugin/plugin.ts";
import { createTestBench } from "../testing/index.ts";

type Lifecycle = NonNullable<ClientPlugin["lifecycle"]>;

const named = (name: string, lifecycle: Lifecycle): ClientPlugin => ({ name, lifecycle });

/** Notes each hook with the page that its context asks for. */
function pager(log: string[]): ClientPlugin {
  const page = ({ request }: RequestContext) =>
    String((request.query as { page?: number } | undefined)?.page);
  return named("pager", {
    onMount: (context) => void log.push(`mount ${page(context)}`),
    onUpdate: (context, previous) => void log.push(`update ${page(previous)} to ${page(context)}`),
    onUnmount: (context) => void log.push(`unmount ${page(context)}`),
  });
}

function createObserved(...plugins: ClientPlugin[]) {
  const bench = createTestBench();
  bench.transport.reply("GET items", { data: 1 });
  return { ...bench, observer: bench.client.use(plugins).observe("items", { query: { page: 1 } }) };
}

describe("lifecycle hooks", () => {
  it("are called when an observer is mounted, updated and unmounted, once each", async () => {
    const log: string[] = [];
    const { observer, clock } = createObserved(pager(log));
    observer.mount();
    observer.mount();
    await clock.advance(0);
    observer.update({ query: { page: 2 } });
    await clock.advance(0);
    observer.unmount();
    observer.unmount();
    expect(log).toEqual(["mount 1", "update 1 to 2", "unmount 2"]);
  });

  it("are called again when it is mounted again", () => {
    const log: string[] = [];
    const { observer } = createObserved(pager(log));
    observer.mount();
    observer.unmount();
    observer.mount();
    expect(log).toEqual(["mount 1", "unmount 1", "mount 1"]);
  });

  it("are not called for an observer that is not mounted", async () => {
    const log: string[] = [];
    const { observer } = createObserved(pager(log));
    observer.update({ query: { page: 2 } });
    await observer.send();
    observer.unmount();
    expect(log).toEqual([]);
  });

  it("are called in plugin order, all of them", async () => {
    const log: string[] = [];
    const noting = (name: string, priority: number): ClientPlugin => ({
      name,
      priority,
      lifecycle: {
        onMount: () => void log.push(`${name} mount`),
        onUnmount: () => void log.push(`${name} unmount`),
      },
    });
    const { observer } = createObserved(noting("inner", 1), noting("outer", -1));
    observer.mount();
    observer.unmount();
    expect(log).toEqual(["outer mount", "inner mount", "outer unmount", "inner unmount"]);
  });

  it("run before the request that they belong to", async () => {
    const log: string[] = [];
    const noting: ClientPlugin = {
      ...pager(log),
      middleware(_, next) {
        log.push("request");
        return next();
      },
    };
    const { observer, clock } = createObserved(noting);
    observer.mount();
    await clock.advance(0);
    observer.update({ query: { page: 2 } });
    await clock.advance(0);
    expect(log).toEqual(["mount 1", "request", "update 1 to 2", "request"]);
  });

  it("B-30 onUpdate sees the previous options in the previous context, though only options changed", async () => {
    const seen: unknown[] = [];
    const tag = ({ pluginOptions }: RequestContext) =>
      (pluginOptions as GenericRequestOptions).headers?.["tag"];
    const watching = named("watching", {
      onUpdate: (context, previous) =>
        void seen.push([tag(previous), tag(context), previous.queryKey === context.queryKey]),
    });
    const { client, transport } = createTestBench();
    transport.reply("GET items", { data: 1 });
    const observer = client.use([watching]).observe("items", { headers: { tag: "a" } });
    observer.mount();
    observer.update({ headers: { tag: "b" } });
    observer.update({ headers: { tag: "c" } });
    expect(seen).toEqual([
      ["a", "b", true],
      ["b", "c", true],
    ]);
  });

  it("are given the context of the observer's latest request", async () => {
    const seen: number[] = [];
    const { observer, clock } = createObserved(
      named("watching", { onUnmount: ({ requestTimestamp }) => void seen.push(requestTimestamp) }),
    );
    observer.mount();
    await clock.advance(5);
    await observer.refetch();
    observer.unmount();
    expect(seen).toEqual([5]);
  });

  const hooks = ["onMount", "onUpdate", "onUnmount"] as const;
  const cause = new Error("out of order");
  const throwers = {
    throws: () => {
      throw cause;
    },
    rejects: () => Promise.reject(cause),
  };
  const faults = hooks.flatMap((hook) =>
    Object.entries(throwers).map(([how, thrower]) => ({ hook, how, thrower })),
  );

  it.each(faults)(
    "B-29 $hook that $how is reported by name, and the others' run",
    async ({ hook, thrower }) => {
      const log: string[] = [];
      const { observer, clock, reported } = createObserved(
        named("culprit", { [hook]: thrower }),
        named("other", { [hook]: () => void log.push(hook) }),
      );
      observer.mount();
      observer.update({ query: { page: 2 } });
      observer.unmount();
      await clock.advance(0);
      expect(log).toEqual([hook]);
      expect(reported).toMatchObject([{ code: "LIFECYCLE_THREW", plugin: "culprit", cause }]);
      expect(observer.getSnapshot()).toMatchObject({ data: 1, status: "success" });
    },
  );
});

describe("a lifecycle hook that acts on its observer", () => {
  it("sends one request when onMount refetches", async () => {
    const { observer, transport, clock } = createObserved(
      named("eager", { onMount: (context) => void context.refetch() }),
    );
    observer.mount();
    await clock.advance(0);
    expect(transport.requests).toHaveLength(1);
    expect(observer.getSnapshot()).toMatchObject({ data: 1, status: "success", fetching: false });
  });

  it("refetches for the new key in onUpdate", async () => {
    const { observer, transport, clock } = createObserved(
      named("eager", { onUpdate: (context) => void context.refetch() }),
    );
    observer.mount();
    await clock.advance(0);
    observer.update({ query: { page: 2 } });
    await clock.advance(0);
    expect(transport.requests.map(({ url }) => url)).toEqual(["items?page=1", "items?page=2"]);
  });

  it("may unmount it in onMount: nothing is sent", async () => {
    let unmount = () => {};
    const log: string[] = [];
    const { observer, transport, clock } = createObserved(
      named("reluctant", { onMount: () => unmount(), onUnmount: () => void log.push("unmounted") }),
    );
    unmount = () => observer.unmount();
    observer.mount();
    await clock.advance(0);
    expect([transport.requests.length, log]).toEqual([0, ["unmounted"]]);
  });

  it("may give back in onUnmount what its temp holds", async () => {
    const polling: ClientPlugin = {
      name: "polling",
      async middleware(context, next) {
        const response = await next();
        context.temp.set(
          "polling:stop",
          context.clock.schedule(() => void context.refetch(), 1_000),
        );
        return response;
      },
      lifecycle: { onUnmount: ({ temp }) => (temp.get("polling:stop") as (() => void) | undefined)?.() },
    };
    const { observer, transport, clock } = createObserved(polling);
    observer.mount();
    await clock.advance(2_500);
    observer.unmount();
    expect(clock.scheduled).toBe(0);
    expect(transport.requests).toHaveLength(3);
  });
});
