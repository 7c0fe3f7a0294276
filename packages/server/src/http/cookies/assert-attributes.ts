import { ServerError } from "../../errors.ts";
import type { CookieOptions } from "../../types.ts";

/**
 * Checks what browsers would answer by dropping the cookie without a word.
 *
 * @throws ServerError `INVALID_REPLY`.
 */
export function assertAttributes(name: string, options: CookieOptions): void {
  const fault = findFault(String(name).toLowerCase(), options);
  if (fault) throw new ServerError("INVALID_REPLY", `browsers would drop the cookie "${name}": ${fault}`);
}

function findFault(
  name: string,
  { secure, path, domain, sameSite, partitioned }: CookieOptions,
): string | undefined {
  if (!secure) {
    if (sameSite === "none") return "with sameSite none it must be secure";
    if (partitioned) return "a partitioned one must be secure";
    if (name.startsWith("__secure-")) return "a name with __Secure- needs secure: true";
    if (name.startsWith("__host-")) return "a name with __Host- needs secure: true";
  }
  if (name.startsWith("__host-") && (path !== "/" || domain !== undefined))
    return 'a name with __Host- needs the path "/" and no domain';
  return undefined;
}
