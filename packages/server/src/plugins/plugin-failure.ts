import { inspect } from "node:util";
import { faultAt, type Origin } from "../config/config-node.ts";
import { scrub } from "../config/scrub.ts";
import { messageOf, ServerError, type ServerErrorCode } from "../errors.ts";

/** Which plugin failed, and what must not be told of it. */
export interface Culprit {
  readonly name: string;
  /** Where it is named, unless code made it. */
  readonly at?: Origin | undefined;
  /** Texts that no error may hold. */
  readonly secrets: readonly string[];
}

/** The error of a plugin that cannot be loaded, made or configured. It holds no secret, and neither does its cause. */
export function pluginFailure(
  code: ServerErrorCode,
  { name, at, secrets }: Culprit,
  message: string,
  thrown?: { readonly cause: unknown },
): ServerError {
  const place = at?.file === undefined ? "" : ` (${[at.file, at.line, at.column].join(":")})`;
  const text = scrub(`the plugin "${name}"${place} ${message}`, secrets);
  return new ServerError(code, text, {
    plugins: [name],
    faults: at ? [faultAt(at, text)] : [],
    ...(thrown ? { cause: withoutSecrets(thrown.cause, secrets) } : {}),
  });
}

/** What was thrown says, in a sentence of ours. */
export function said(cause: unknown): string {
  return messageOf(cause) || "it says nothing more";
}

/** The very thing that was thrown, unless printing it would tell a secret. */
function withoutSecrets(cause: unknown, secrets: readonly string[]): unknown {
  const shown = inspect(cause, {
    depth: 8,
    maxStringLength: Infinity,
    maxArrayLength: Infinity,
    breakLength: Infinity,
  });
  if (scrub(shown, secrets) === shown) return cause;
  const copy = new Error(scrub(messageOf(cause), secrets));
  if (cause instanceof Error && cause.stack !== undefined) copy.stack = scrub(cause.stack, secrets);
  return copy;
}
