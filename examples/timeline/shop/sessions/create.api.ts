import { defineApi, HttpError } from "@x/server";
import { SignJWT } from "jose";
import { z } from "zod";

/** The customers of this example. A real shop keeps hashes of passwords, and not in its code. */
const CUSTOMERS = new Map([
  ["ada", { password: "lovelace", roles: ["customer"] }],
  ["grace", { password: "hopper", roles: ["customer", "admin"] }],
]);

export default defineApi({
  schema: z.object({ name: z.string(), password: z.string() }),
  async handler({ params }) {
    const customer = CUSTOMERS.get(params.name);
    if (customer?.password !== params.password)
      throw new HttpError({ statusCode: 401, message: "no such name and password" });
    const key = new TextEncoder().encode(process.env["SHOP_SECRET"]);
    const token = await new SignJWT({ roles: customer.roles })
      .setProtectedHeader({ alg: "HS256" })
      .setSubject(params.name)
      .setExpirationTime("15m")
      .sign(key);
    return { token };
  },
});
