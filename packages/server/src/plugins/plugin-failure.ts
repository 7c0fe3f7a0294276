import { faultAt, type Origin } from "../config/config-node.ts";
import { scrub } from "../config/scrub.ts";
import { messageOf, ServerError, type ServerErrorCode } from "../errors.ts";
import { type HiddenTexts, withoutSecrets } from "./without-secrets.ts";

/** Which plugin failed, and what must not be told of it. */
export interface Culprit extends HiddenTexts {
  readonly name: string;
  /** Where it is named, unless code made it. */
  readonly at?: Origin | undefined;
}

/**
 * The error of a plugin that cannot be loaded, made or configured. Neither it nor its cause holds a secret.
 *
 * @param thrown What was thrown underneath, whose own words end the message.
 */
export function pluginFailure(
  code: ServerErrorCode,
  culprit: Culprit,
  message: string,
  thrown?: { readonly cause: unknown },
): ServerError {
  const { name, at, secrets, hidden } = culprit;
  const place = at?.file === undefined ? "" : ` (${[at.file, at.line, at.column].join(":")})`;
  const said = thrown ? `: ${scrub(messageOf(thrown.cause), hidden) || "it says nothing more"}` : "";
  const text = scrub(`the plugin "${name}"${place} ${message}${said}`, secrets);
  return new ServerError(code, text, {
    plugins: [name],
    faults: at ? [faultAt(at, text)] : [],
    ...(thrown ? { cause: withoutSecrets(thrown.cause, culprit) } : {}),
  });
}
