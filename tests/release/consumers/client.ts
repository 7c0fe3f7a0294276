// What a user of @x/client writes, against the published package: its API at run time, its types when checked.
import assert from "node:assert/strict";
import {
  type Client,
  type ClientErrorCode,
  type ClientPlugin,
  createClient,
  definePlugin,
  inProcessTransport,
  isClientError,
  isFailure,
  type RequestContext,
} from "@x/client";
import { createPages, type PagesSnapshot } from "@x/client/pages";
import { createQueue, type QueueSnapshot } from "@x/client/queue";
import { createSubscription, type SubscriptionAdapter } from "@x/client/subscribe";
import { createTestBench } from "@x/client/testing";

interface Post {
  readonly id: number;
  readonly title: string;
}

interface Api {
  posts: {
    GET: { data: Post[]; query?: { tag?: string } };
    POST: { data: Post; body: { title: string }; error: { reason: string } };
  };
  "posts/:id": { GET: { data: Post } };
}

interface Flags {
  isEnabled(flag: string): boolean;
}

// All three registries, augmented by the name that users know.
declare module "@x/client" {
  interface PluginInternalRegistry {
    "consumer:flags": Flags;
  }
  interface PluginOptionsRegistry {
    label?: string;
  }
  interface ClientEventRegistry {
    "consumer:created": { readonly title: string };
  }
}

interface TenantTypes {
  options: { tenant?: string };
  meta: { tenant: string };
  methods: { setTenant(tenant: string): void };
}

const flags = (...enabled: string[]) =>
  definePlugin()({
    name: "consumer:flags",
    internal: (): Flags => ({ isEnabled: (flag) => enabled.includes(flag) }),
  });

function tenant() {
  let current = "none";
  return definePlugin<TenantTypes>()({
    name: "consumer:tenant",
    operations: ["read"],
    dependencies: ["consumer:flags"],
    middleware(context, next) {
      const name = context.pluginOptions?.tenant ?? current;
      // Declared, so it is there.
      if (context.plugins.get("consumer:flags").isEnabled("tenants"))
        context.request.headers["x-tenant"] = name;
      context.setMeta({ tenant: name });
      return next();
    },
    api: () => ({
      setTenant(name) {
        current = name;
      },
    }),
  });
}

// A plugin without types of its own: its options come from the registry.
const labels: (string | undefined)[] = [];
function label(): ClientPlugin {
  return {
    name: "consumer:label",
    async middleware(context, next) {
      labels.push(context.pluginOptions?.label);
      const flagged = context.plugins.get("consumer:flags");
      // @ts-expect-error not declared, so it may be missing
      assert.equal(flagged.isEnabled("tenants"), true);
      return next();
    },
    afterResponse(context, response) {
      if (context.method === "POST" && !isFailure(response))
        context.eventEmitter.emit("consumer:created", { title: (response.data as Post).title });
    },
  };
}

// Requests without a network, through the plugins.
const tenants: (string | null)[] = [];
const plain: Client<Api> = createClient<Api>({
  baseUrl: "https://api.example/v1",
  transport: inProcessTransport(async (request) => {
    const { pathname } = new URL(request.url);
    tenants.push(request.headers.get("x-tenant"));
    if (request.method === "POST") {
      const { title } = (await request.json()) as { title: string };
      return title ? Response.json({ id: 2, title }) : Response.json({ reason: "no title" }, { status: 422 });
    }
    const post: Post = { id: 1, title: "Hi" };
    return Response.json(pathname === "/v1/posts" ? [post] : post);
  }),
});
const client = plain.use([flags("tenants"), tenant()]).use([label()]);

const titles: string[] = [];
const stop = client.eventEmitter.on("consumer:created", ({ title }) => titles.push(title));
// @ts-expect-error nobody registered this event
client.eventEmitter.on("consumer:deleted", () => {})();

client.setTenant("acme");
const { data, error, meta } = await client.get("posts/:id", { params: { id: 1 }, label: "first" });
if (error) throw error;
const title: string = data.title;
const told: string | undefined = meta.tenant;
assert.deepEqual([title, told], ["Hi", "acme"]);
const listed: Post[] | undefined = (await client.get("posts", { query: { tag: "a" }, tenant: "globex" }))
  .data;
assert.equal(listed?.length, 1);
assert.deepEqual(tenants, ["acme", "globex"]);
assert.deepEqual(labels, ["first", undefined]);

const created = await client.post("posts", { body: { title: "New" } });
const refused = await client.post("posts", { body: { title: "" } });
const reason: string | undefined = refused.error?.body?.reason;
assert.deepEqual([created.data?.id, refused.status, reason], [2, 422, "no title"]);
assert.deepEqual(titles, ["New"]);
stop();

// What the types refuse. The requests are made to show that nothing throws.
// @ts-expect-error the path has a param
const withoutParams = await client.get("posts/:id");
const code: ClientErrorCode | undefined = withoutParams.error?.code;
assert.equal(code, "MISSING_PARAM");
// @ts-expect-error the plugin is for reads
await client.post("posts", { body: { title: "New" }, tenant: "acme" });
// @ts-expect-error the API has no such path
await client.get("users");
// @ts-expect-error a client without the plugin has no such option
await plain.get("posts", { tenant: "acme" });
// @ts-expect-error nor this one, although it is registered: no plugin reads it
await plain.get("posts", { label: "first" });

// Faults in the list of plugins, thrown where it is given.
assert.throws(() => plain.use([tenant()]), { code: "MISSING_DEPENDENCY" });
assert.throws(
  () => createClient({ baseUrl: "nowhere" }),
  (thrown: unknown) => isClientError(thrown) && thrown.code === "INVALID_BASE_URL",
);

// An observer, and the state carried to another client.
const observer = client.observe("posts", { tenant: "acme" });
const changes: unknown[] = [];
const unsubscribe = observer.subscribe(() => changes.push(observer.getSnapshot().status));
observer.mount();
await observer.refetch();
const seen: Post[] | undefined = observer.getSnapshot().data;
assert.equal(seen?.[0]?.title, "Hi");
assert.ok(changes.includes("success"));
observer.unmount();
unsubscribe();
const hydrated = createClient<Api>();
hydrated.hydrate(JSON.parse(JSON.stringify(client.dehydrate())));
assert.deepEqual(hydrated.stateManager.getCache("GET posts")?.state.data, listed);
client.dispose();
assert.equal((await client.get("posts")).error?.code, "CLIENT_DISPOSED");

// A test of a plugin, as its author writes it.
const bench = createTestBench<Api>();
bench.transport.reply("GET posts", { data: [] }, { delayMs: 50 });
const inFlight: RequestContext[] = [];
const watched = bench.client.use([
  {
    name: "consumer:watch",
    middleware(context, next) {
      inFlight.push(context);
      return next();
    },
  },
]);
const pending = watched.get("posts");
await bench.clock.advance(50);
assert.deepEqual((await pending).data, []);
assert.deepEqual([inFlight.length, bench.transport.requests.length, bench.clock.scheduled], [1, 1, 0]);
assert.deepEqual(bench.reported, []);

// A list, a queue and a subscription, each from an entry of its own, through the plugins of one client.
interface Feed {
  feed: {
    GET: { data: { items: string[]; next?: number }; query: { page: number } };
    POST: { data: string; body: string };
  };
}
const feedBench = createTestBench<Feed>();
feedBench.transport
  .reply("GET feed", { data: { items: ["first"], next: 2 } })
  .reply("GET feed", { data: { items: ["second"] } })
  .reply("POST feed", { data: "kept" });
const operations: string[] = [];
const feeding = feedBench.client.use([
  { name: "consumer:operations", afterResponse: (context) => void operations.push(context.operationType) },
]);
const feed = createPages(feeding, "feed", {
  initialPageParam: 1,
  toRequest: (page) => ({ query: { page } }),
  getNextPageParam: ({ next }) => next,
});
feed.mount();
await feed.fetchNext();
const listing: PagesSnapshot<{ items: string[]; next?: number }, number> = await feed.fetchNext();
assert.deepEqual(
  listing.pages.flatMap(({ items }) => items),
  ["first", "second"],
);
feed.unmount();

const queue = createQueue(feeding, "feed", { concurrency: 1 });
const both = ["a", "b"].map((body) => queue.add({ body }).done);
assert.deepEqual(
  (await Promise.all(both)).map((answer) => answer.data),
  ["kept", "kept"],
);
const { items }: QueueSnapshot = queue.getSnapshot();
assert.deepEqual(
  items.map(({ status }) => status),
  ["success", "success"],
);

const counter: SubscriptionAdapter = {
  name: "consumer:counter",
  async connect(_request, handlers) {
    for (const page of [1, 2]) handlers.onMessage({ items: [], next: page });
    handlers.onClose();
    return { status: 200 };
  },
};
const counting = createSubscription(feeding, "feed", {
  adapter: counter,
  query: { page: 1 },
  accumulate: "append",
});
const closed = new Promise<void>((resolve) => {
  counting.subscribe(() => counting.getSnapshot().status === "closed" && resolve());
});
counting.mount();
await closed;
assert.equal(counting.getSnapshot().data?.length, 2);
counting.unmount();
assert.deepEqual(operations, ["pages", "pages", "queue", "queue", "subscribe"]);
// @ts-expect-error the query of a page is required
createPages(feeding, "feed", { initialPageParam: 1, toRequest: () => ({}), getNextPageParam: () => 2 });
