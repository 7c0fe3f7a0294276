import { describe, expectTypeOf, it } from "vitest";
import {
  createClient,
  definePlugin,
  type ClientError,
  type ClientResponse,
  type Observer,
  type ObserverSnapshot,
} from "../index.ts";

interface Post {
  readonly id: number;
}
interface Api {
  posts: { GET: { data: Post[]; query?: { page?: number }; error: { reason: string } } };
  "posts/:id": { GET: { data: Post }; PUT: { data: Post } };
}
interface CacheTypes {
  options: { staleTime?: number };
  meta: { cached: boolean };
}
type Meta = { readonly cached?: boolean };

const cache = definePlugin<CacheTypes>()({ name: "cache", operations: ["read"] });
const client = createClient<Api>().use([cache]);

describe("observe", () => {
  it("takes what get takes", () => {
    client.observe("posts");
    client.observe("posts", { query: { page: 1 }, staleTime: 5 });
    // @ts-expect-error The params are missing.
    client.observe("posts/:id");
    // @ts-expect-error No such path.
    client.observe("postz");
    // @ts-expect-error No such option.
    client.observe("posts", { retries: 2 });
  });

  it("types the snapshot", () => {
    const snapshot = client.observe("posts").getSnapshot();
    expectTypeOf(snapshot).toEqualTypeOf<ObserverSnapshot<Post[], ClientError<{ reason: string }>, Meta>>();
    expectTypeOf(snapshot.data).toEqualTypeOf<Post[] | undefined>();
    expectTypeOf(snapshot.error).toEqualTypeOf<ClientError<{ reason: string }> | undefined>();
    expectTypeOf(snapshot.status).toEqualTypeOf<"idle" | "pending" | "success" | "error">();
    expectTypeOf(snapshot.meta).toEqualTypeOf<Meta>();
  });

  it("types what send and refetch give", () => {
    const observer = client.observe("posts/:id", { params: { id: 1 } });
    expectTypeOf(observer.refetch()).resolves.toEqualTypeOf<ClientResponse<Post, ClientError, Meta>>();
    expectTypeOf(observer.send()).resolves.toEqualTypeOf<ClientResponse<Post, ClientError, Meta>>();
  });

  it("types new options as the first ones, and overrides as some of them", () => {
    const observer = client.observe("posts/:id", { params: { id: 1 } });
    observer.update({ params: { id: 2 }, staleTime: 5 });
    void observer.send({ staleTime: 0 });
    // @ts-expect-error The params are missing.
    observer.update({});
    // @ts-expect-error It is a number.
    void observer.send({ staleTime: "0" });
  });
});

describe("observeRequest", () => {
  it("takes any method and operation, and the plugins' options", () => {
    const observer = client.observeRequest("posts/:id", { method: "PUT", params: { id: 1 }, staleTime: 5 });
    expectTypeOf(observer.getSnapshot().data).toEqualTypeOf<unknown>();
    expectTypeOf(observer.getSnapshot().meta).toEqualTypeOf<Meta>();
    observer.update({ method: "PUT", params: { id: 2 } });
    // @ts-expect-error No plugin knows it.
    client.observeRequest("posts", { retries: 2 });
  });
});

describe("an observer of something", () => {
  it("is one of anything, for bindings that do not care what they show", () => {
    const show = ({
      subscribe,
      getSnapshot,
      refetch,
    }: Pick<Observer, "subscribe" | "getSnapshot" | "refetch">) => [subscribe, getSnapshot, refetch];
    show(client.observe("posts"));
    show(client.observe("posts/:id", { params: { id: 1 } }));
  });
});
