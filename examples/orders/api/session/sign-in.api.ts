import { defineApi } from "@x/server";
import { RateLimitPlugin } from "@x/server-rate-limit";
import { z } from "zod";
import { isPassword } from "../../database/password.ts";
import { issueToken } from "./issue-token.ts";

declare module "@x/server" {
  interface SessionValues {
    staffId: number;
  }
}

/** Nobody's: a wrong address takes as long as a wrong password. */
const NO_HASH = `${"A".repeat(22)}.${"A".repeat(43)}`;

/** Guessing passwords is slow. */
const limit = new RateLimitPlugin({ config: { limits: { minute: { points: 30, durationSeconds: 60 } } } });

export default defineApi({
  plugins: [limit],
  schema: z.object({ email: z.string().max(200), password: z.string().max(200) }),
  errors: {
    WRONG_PASSWORD: { status: 401, message: "There is nobody with this address and password." },
  },
  async handler({ params, db, session, config, errors }) {
    const staff = await db
      .selectFrom("staff")
      .innerJoin("tenants", "tenants.id", "staff.tenant_id")
      .select(["staff.id", "staff.name", "role", "tenant_id", "tenants.name as shop", "password_hash"])
      .where("email", "=", params.email.trim().toLowerCase())
      .executeTakeFirst();
    const isRight = await isPassword(params.password, staff?.password_hash ?? NO_HASH);
    if (!staff || !isRight) throw errors.WRONG_PASSWORD();
    await session.set("staffId", staff.id);
    return issueToken(staff, config);
  },
});
