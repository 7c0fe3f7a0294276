import type { FuncConfig } from "@x/server";
import { SignJWT } from "jose";
import type { Role } from "../../database/tables.ts";

/** Somebody of the staff, as the page knows them. */
export interface Me {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly shop: string;
}

interface StaffRow {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly tenant_id: string;
  readonly shop: string;
}

/** Makes a token that is good for five minutes; the sealed session cookie gets the next one. */
export async function issueToken(staff: StaffRow, config: FuncConfig): Promise<{ token: string; me: Me }> {
  // What `auth` checks tokens with is what they are signed with.
  const secret = String(config.plugins?.["auth"]?.config?.["secret"]);
  const token = await new SignJWT({ roles: [staff.role], tenant: staff.tenant_id, name: staff.name })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(String(staff.id))
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(secret));
  return { token, me: { id: staff.id, name: staff.name, role: staff.role, shop: staff.shop } };
}
