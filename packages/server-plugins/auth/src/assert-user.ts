import { notAuthenticated, roleMissing } from "./challenge.ts";

const REALM = "api";

/** A user whose roles are known. */
export interface UserWithRoles {
  readonly roles: readonly string[];
}

/**
 * Makes sure, inside a handler, that somebody is signed in, and has one of the roles where some are named.
 *
 * @example
 * ```ts
 * import { defineApi } from "@x/server";
 * import { assertUser } from "@x/server-auth";
 *
 * export default defineApi({
 *   handler({ current_user }) {
 *     assertUser(current_user, "editor", "admin");
 *     return { editedBy: current_user.id };
 *   },
 * });
 * ```
 *
 * @throws HttpError 401 `NOT_AUTHENTICATED` without a user, 403 `ROLE_MISSING` without one of the roles.
 */
export function assertUser<User extends object>(user: User | null | undefined): asserts user is User;
export function assertUser<User extends UserWithRoles>(
  user: User | null | undefined,
  ...roles: readonly [string, ...string[]]
): asserts user is User;
export function assertUser(
  user: Partial<UserWithRoles> | null | undefined,
  ...roles: readonly string[]
): void {
  if (!user) throw notAuthenticated(REALM);
  if (roles.length > 0 && !roles.some((role) => user.roles?.includes(role))) throw roleMissing(REALM);
}
