import type { ShopClient } from "../shop-client.ts";

const PASSWORDS = { ada: "lovelace", grace: "hopper" };

/** Signs a customer in, so that the client's bearer plugin has a token to send. */
export async function signIn(client: ShopClient, name: keyof typeof PASSWORDS): Promise<void> {
  const { data, error } = await client.post("sessions/create", { body: { name, password: PASSWORDS[name] } });
  if (error) throw error;
  client.signIn(data.token);
}
