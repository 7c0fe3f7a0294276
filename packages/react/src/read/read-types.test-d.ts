import { createClient, definePlugin, type ClientError, type ClientResponse } from "@x/client";
import { cache } from "@x/client-cache";
import { describe, expectTypeOf, it } from "vitest";
import { createHooks } from "../create-hooks.ts";
import type { ApiOf, PluginsOf } from "../shared/client-types.ts";
import { createSuspenseHooks } from "../suspense/create-suspense-hooks.ts";

interface Order {
  id: number;
  total: number;
}

interface Api {
  orders: { GET: { data: Order[]; query?: { open?: boolean }; error: { reason: string } } };
  "orders/:id": { GET: { data: Order }; DELETE: { data: null } };
  "orders/create": { POST: { data: Order; body: { total: number }; error: { reason: string } } };
  search: { GET: { data: string[]; query: { text: string } } };
}

const tenant = definePlugin<{
  options: { tenant?: string };
  meta: { shard: number };
  methods: { setTenant(name: string): void };
}>()({ name: "my:tenant", operations: ["read"], api: () => ({ setTenant() {} }) });

const client = createClient<Api>({ baseUrl: "/api" }).use([cache(), tenant]);
const hooks = createHooks(client);
const { useRead, useWrite, useClient, ClientProvider } = hooks;
const { useSuspenseRead } = createSuspenseHooks(hooks);

describe("useRead", () => {
  it("types data, error and meta by the path", () => {
    const read = useRead("orders", { query: { open: true }, staleTime: 5, tenant: "acme" });
    expectTypeOf(read.data).toEqualTypeOf<Order[] | undefined>();
    expectTypeOf(read.error).toEqualTypeOf<ClientError<{ reason: string }> | undefined>();
    expectTypeOf(read.meta.shard).toEqualTypeOf<number | undefined>();
    expectTypeOf(read.refetch).returns.resolves.toExtend<
      ClientResponse<Order[], ClientError<{ reason: string }>>
    >();
  });

  it("narrows by the status", () => {
    const { status, data, error } = useRead("orders");
    if (status === "success") expectTypeOf(data).toEqualTypeOf<Order[]>();
    if (status === "error") expectTypeOf(error).toEqualTypeOf<ClientError<{ reason: string }>>();
  });

  it("requires what the API requires", () => {
    useRead("orders/:id", { params: { id: 1 }, keepPreviousData: true });
    // @ts-expect-error the id is missing
    useRead("orders/:id");
    // @ts-expect-error the id is missing
    useRead("orders/:id", { enabled: false });
    // @ts-expect-error the query is missing
    useRead("search", {});
    // @ts-expect-error there is no such path
    useRead("order");
    // @ts-expect-error it can only be written
    useRead("orders/create");
  });

  it("refuses options that nobody knows", () => {
    // @ts-expect-error neither the client nor a plugin has it
    useRead("orders", { retries: 3 });
    // @ts-expect-error misspelt
    useRead("orders/:id", { params: { id: 1 }, enabeld: false });
    // @ts-expect-error no plugin of another client
    createHooks(createClient<Api>()).useRead("orders", { staleTime: 5 });
  });

  it("takes false and null in place of options that are not there yet", () => {
    const id = 1 as number | undefined;
    expectTypeOf(useRead("orders/:id", id !== undefined && { params: { id } }).data).toEqualTypeOf<
      Order | undefined
    >();
    useRead("orders/:id", id === undefined ? null : { params: { id }, tenant: "acme" });
    useRead("orders", null);
    // @ts-expect-error still checked
    useRead("orders/:id", id !== undefined && { params: { id }, tennant: "acme" });
  });
});

describe("useSuspenseRead", () => {
  it("has data for sure", () => {
    const { data, error } = useSuspenseRead("orders/:id", { params: { id: 1 }, staleTime: 5 });
    expectTypeOf(data).toEqualTypeOf<Order>();
    expectTypeOf(error).toEqualTypeOf<ClientError | undefined>();
  });

  it("waits for everything that it is asked for", () => {
    // @ts-expect-error what is not asked for has no data
    useSuspenseRead("orders", { enabled: false });
    // @ts-expect-error the params have to be there
    useSuspenseRead("orders/:id", null);
  });
});

describe("useWrite", () => {
  it("types what is sent and what comes back", () => {
    const { send, data, error } = useWrite("orders/create");
    expectTypeOf(data).toEqualTypeOf<Order | undefined>();
    expectTypeOf(error).toEqualTypeOf<ClientError<{ reason: string }> | undefined>();
    expectTypeOf(send({ body: { total: 3 } })).resolves.toHaveProperty("data");
    // @ts-expect-error the body is missing
    void send();
    // @ts-expect-error the total is no text
    void send({ body: { total: "3" } });
    // @ts-expect-error an option of reads
    void send({ body: { total: 3 }, tenant: "acme" });
  });

  it("takes another method than POST", () => {
    const { send } = useWrite("orders/:id", { method: "DELETE" });
    void send({ params: { id: 1 } });
    // @ts-expect-error it cannot be written by POST
    useWrite("orders/:id");
    // @ts-expect-error a read is no write
    useWrite("orders", { method: "GET" });
  });
});

describe("a client", () => {
  it("keeps its type, with the methods of plugins", () => {
    expectTypeOf(useClient).returns.toEqualTypeOf<typeof client>();
    expectTypeOf<Parameters<typeof ClientProvider>[0]["client"]>().toEqualTypeOf<typeof client>();
    expectTypeOf(useClient().setTenant).toEqualTypeOf<(name: string) => void>();
  });

  it("has exactly its API and its plugins", () => {
    expectTypeOf<ApiOf<typeof client>>().toEqualTypeOf<Api>();
    expectTypeOf<PluginsOf<ReturnType<typeof createClient<Api>>>>().toEqualTypeOf<readonly []>();
    expectTypeOf<PluginsOf<typeof client>["length"]>().toEqualTypeOf<2>();
  });

  it("can be known by its type alone", () => {
    const typed = createHooks<typeof client>();
    expectTypeOf(typed.useRead("orders/:id", { params: { id: 1 }, tenant: "acme" }).data).toEqualTypeOf<
      Order | undefined
    >();
  });
});
