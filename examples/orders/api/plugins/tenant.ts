import { HttpError, type InvokeData, type Next, type Plugin, type PluginOptions } from "@x/server";
import { assertUser } from "@x/server-auth";

declare module "@x/server" {
  interface DefineApiInject {
    /** The shop that the caller works for. Every query of its data asks for it. Where people sign in there is none yet. */
    tenant: Tenant;
    /** Who is calling. */
    staff: { readonly id: number; readonly name: string };
  }
}

declare module "@x/server-auth" {
  interface TokenClaims {
    tenant?: string;
    name?: string;
  }
}

/** A shop. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** Finds the shop that the token names, and refuses who belongs to none. It stands inside of `auth` and `pg`. */
export class TenantPlugin implements Plugin {
  readonly type: string;
  readonly name: string;

  constructor({ type, name }: PluginOptions) {
    this.type = type;
    this.name = name;
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    assertUser(data.current_user);
    const { id, claims } = data.current_user;
    const tenant = await data.db
      .selectFrom("tenants")
      .select(["id", "name"])
      .where("id", "=", claims.tenant ?? "")
      .executeTakeFirst();
    if (!tenant) throw new HttpError({ statusCode: 403, code: "NO_TENANT", message: "you work for no shop" });
    data.tenant = tenant;
    data.staff = { id: Number(id), name: claims.name ?? "" };
    await next();
  }
}
