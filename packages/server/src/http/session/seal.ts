import { ServerError } from "../../errors.ts";
import type { SessionSettings } from "../config/http-settings.ts";

/** What travels in a seal. */
export interface SealedContent {
  /** JSON by key. */
  readonly values: ReadonlyMap<string, string>;
  /** In seconds since 1970. */
  readonly issuedAt: number;
}

/** Seconds by which the clocks of two servers may differ. */
const CLOCK_SKEW_SECONDS = 60;

/** The end of a seal in its one canonical spelling: the spare bits of the last character are zero. */
const CANONICAL_END = /\*[\w-]{42}[AEIMQUYcgkosw048]$/;

/** Encrypts and signs with the newest secret. */
export async function seal(content: SealedContent, settings: SessionSettings): Promise<string> {
  const { name, maxAgeSeconds } = settings;
  const { values, issuedAt } = content;
  const iron = await import("iron-webcrypto");
  const payload = { name, iat: issuedAt, exp: issuedAt + maxAgeSeconds, values: [...values] };
  return iron.seal(payload, settings.secrets[0]!, iron.defaults);
}

/**
 * Opens a seal that any of the secrets has made.
 *
 * @returns `undefined` for what was tampered with, cut off, has expired, or was sealed for something else.
 */
export async function open(sealed: string, settings: SessionSettings): Promise<SealedContent | undefined> {
  if (!CANONICAL_END.test(sealed)) return undefined;
  const iron = await import("iron-webcrypto");
  for (const secret of settings.secrets)
    try {
      return toContent(await iron.unseal(sealed, secret, iron.defaults), settings);
    } catch {
      // Made with another secret, or by nobody who has one.
    }
  return undefined;
}

/** @throws ServerError `SESSION_SECRET_MISSING`. */
export function assertSecrets({ secrets }: SessionSettings): void {
  if (secrets.length > 0) return;
  throw new ServerError(
    "SESSION_SECRET_MISSING",
    "a session was touched, but http has no secret to seal it with: set plugins.http.config.session.secret " +
      "to 32 random characters or more, such as ${SESSION_SECRET} from the environment",
  );
}

function toContent(payload: unknown, { name, maxAgeSeconds }: SessionSettings): SealedContent | undefined {
  // Only this module seals with these secrets, or else the name does not fit.
  const { name: sealedFor, iat, exp, values } = payload as Record<string, unknown>;
  if (sealedFor !== name || typeof iat !== "number" || typeof exp !== "number") return undefined;
  const now = Date.now() / 1000;
  // A lifetime that was shortened since counts for older seals too.
  const isValid = now < Math.min(exp, iat + maxAgeSeconds) && iat <= now + CLOCK_SKEW_SECONDS;
  if (!isValid || !Array.isArray(values)) return undefined;
  return { values: new Map(values as [string, string][]), issuedAt: iat };
}
