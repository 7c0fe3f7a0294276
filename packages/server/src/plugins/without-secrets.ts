import { inspect } from "node:util";
import { scrub } from "../config/scrub.ts";
import { messageOf } from "../errors.ts";

/** Texts that no error may hold. */
export interface HiddenTexts {
  /** What variables gave. It is looked for everywhere. */
  readonly secrets: readonly string[];
  /**
   * Everything else that is not public. It may well be an ordinary word, and is looked for in what plugins and their
   * schemas say, not in our own sentences or the names of files.
   */
  readonly hidden: readonly string[];
}

const FRAME = /^\s+at /;

/** The very thing that was thrown, unless printing it would tell a secret. */
export function withoutSecrets(cause: unknown, { secrets, hidden }: HiddenTexts): unknown {
  const shown = inspect(cause, {
    depth: 8,
    maxStringLength: Infinity,
    maxArrayLength: Infinity,
    breakLength: Infinity,
  });
  const said = shown
    .split("\n")
    .filter((line) => !FRAME.test(line))
    .join("\n");
  if (scrub(shown, secrets) === shown && scrub(said, hidden) === said) return cause;
  const copy = new Error(scrub(messageOf(cause), [...secrets, ...hidden]));
  const frames =
    cause instanceof Error ? (cause.stack ?? "").split("\n").filter((line) => FRAME.test(line)) : [];
  copy.stack = [String(copy), ...frames.map((line) => scrub(line, secrets))].join("\n");
  return copy;
}
