import { isClientError } from "@x/client";
import type { PlainError } from "./events.ts";
import { toPlain } from "./to-plain.ts";

/** What is shown in place of what is hidden. */
const HIDDEN = "[hidden]";

/** What a devtool may see. */
export interface Visibility {
  readonly showHeaders: boolean | readonly string[];
  readonly showBodies: boolean;
}

/** Makes plain data of what may be shown, and hides the rest. */
export interface Curtain {
  headers(headers: Readonly<Record<string, string | undefined>>): Record<string, string>;
  /** A body, or other data. What is `undefined` stays so. */
  body(body: unknown): unknown;
  error(thrown: unknown): PlainError;
}

export function createCurtain({ showHeaders, showBodies }: Visibility): Curtain {
  const shown = Array.isArray(showHeaders)
    ? showHeaders.map((name: string) => name.toLowerCase())
    : undefined;
  const shows = (name: string) => (shown ? shown.includes(name.toLowerCase()) : showHeaders === true);
  const body = (value: unknown) => (showBodies || value === undefined ? toPlain(value) : HIDDEN);

  return {
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, shows(name) ? value : HIDDEN]],
        ),
      ),
    body,
    error(thrown) {
      if (!(thrown instanceof Error)) return { name: typeof thrown, message: String(toPlain(thrown)) };
      const { name, message, cause } = thrown;
      if (!isClientError(thrown)) return { name, message };
      const { code, plugin } = thrown;
      return {
        name,
        message,
        code,
        ...(plugin === undefined ? {} : { plugin }),
        ...(cause instanceof Error ? { cause: `${cause.name}: ${cause.message}` } : {}),
        ...(thrown.body === undefined ? {} : { body: body(thrown.body) }),
      };
    },
  };
}
