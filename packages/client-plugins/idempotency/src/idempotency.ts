import { ClientError, definePlugin, perClient, type ClientRequest, type ClientResponse } from "@x/client";
import { fingerprintOf } from "./fingerprint.ts";
import { createKeys, type TakenKey } from "./keys.ts";
import { createMemoryStorage } from "./memory-storage.ts";
import type { IdempotencyConfig, IdempotencyTypes } from "./types.ts";
import { untilAborted } from "./until-aborted.ts";

const DAY_MS = 86_400_000;
const TAKEN = "idempotency:taken";

/**
 * Gives writes an idempotency key, by which the server knows a write that it has had before. The key stays the same
 * for as long as nobody knows what became of the write: over retries, over sending it once more, and, with a storage
 * that lasts, over reloads.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { idempotency } from "@x/client-idempotency";
 *
 * const client = createClient({ baseUrl: "/api" }).use([idempotency({ storage: sessionStorage })]);
 * const { meta } = await client.post("orders", { body: { item: 7 } });
 * console.log(meta.idempotencyKey);
 * ```
 */
export function idempotency(config: IdempotencyConfig = {}) {
  const { header = "idempotency-key", methods = ["POST", "PATCH"], createKey = randomKey } = config;
  const keysOf = perClient(({ clock, report }) =>
    createKeys({
      storage: config.storage ?? createMemoryStorage(),
      maxAgeMs: config.maxAgeMs ?? DAY_MS,
      createKey,
      now: () => clock.now(),
      onStorageThrow: (cause) => report(storageError(cause)),
    }),
  );

  return definePlugin<IdempotencyTypes>()({
    name: "idempotency",
    operations: ["write", "queue"],
    // Outside of a retry: all attempts carry the same key.
    priority: -5,

    async middleware(context, next) {
      const { request, method, pluginOptions, plugins, temp } = context;
      const own = pluginOptions?.idempotencyKey ?? findHeader(request.headers, header);
      if (own === false || (own === undefined && !methods.includes(method))) return next();
      const key = own ?? (await takeKey());
      request.headers[header] = key;
      context.setMeta({ idempotencyKey: key });
      // That package need not be installed, so its types may not be there.
      (plugins.get("retry") as { assumeIdempotent(): void } | undefined)?.assumeIdempotent();
      return next();

      async function takeKey(): Promise<string> {
        const fingerprint = fingerprintOf(context);
        if (fingerprint === undefined) return createKey();
        const taking = keysOf(context).take(fingerprint);
        const taken = await untilAborted(taking, request.signal, (late) => late.giveBack(false));
        temp.set(TAKEN, taken);
        return taken.key;
      }
    },

    afterResponse({ temp }, response) {
      // Only the middleware writes it.
      const taken = temp.get(TAKEN) as TakenKey | undefined;
      taken?.giveBack(isOutcomeKnown(response));
    },
  });
}

/** The server may still be at it, or asks to send the write again. */
const UNDECIDED = new Set([408, 409, 425, 429]);

/** Whether the server has said for good what became of a write. After a 500 it may have done part of it. */
function isOutcomeKnown({ status }: ClientResponse): boolean {
  return status >= 200 && status < 500 && !UNDECIDED.has(status);
}

function findHeader(headers: ClientRequest["headers"], name: string): string | undefined {
  return Object.entries(headers).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}

/** `crypto.randomUUID` is missing on pages without TLS. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function storageError(cause: unknown): ClientError {
  return new ClientError(
    "IDEMPOTENCY_STORAGE_FAILED",
    "the storage of idempotency keys failed: a write that is sent again after a reload may get another key",
    { plugin: "idempotency", cause },
  );
}
