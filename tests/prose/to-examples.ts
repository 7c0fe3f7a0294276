import { type Fence, findFences } from "./find-fences.ts";
import type { MarkdownDocument } from "./markdown-document.ts";

/** A fence as the module that is checked for it. */
export interface Example {
  readonly fence: Fence;
  /** Set by `ts expect-error`: the fence shows what is wrong, and must not compile. */
  readonly expectsError: boolean;
  readonly jsx: boolean;
  /** The code of the fences that it continues, then its own. */
  readonly code: string;
  /** For each line of `code` the line of the file that it comes from. */
  readonly lines: readonly number[];
  /** What is wrong with the fence itself, whatever its code says. */
  readonly faults: readonly string[];
}

const WORDS = ["continues", "expect-error"];

/**
 * The examples of one document. `ts continues` appends a fence to the last one that shows correct code, so that
 * right code may follow a wrong variant of itself.
 */
export function toExamples(document: MarkdownDocument): Example[] {
  let previous: Example | undefined;
  return findFences(document).map((fence) => {
    const example = toExample(fence, previous);
    if (!example.expectsError) previous = example;
    return example;
  });
}

function toExample(fence: Fence, previous: Example | undefined): Example {
  const continued = fence.words.includes("continues") ? previous : undefined;
  const own = fence.code.split("\n").map((_, index) => fence.line + 1 + index);
  return {
    fence,
    expectsError: fence.words.includes("expect-error"),
    jsx: fence.jsx || continued?.jsx === true,
    code: continued ? `${continued.code}\n${fence.code}` : fence.code,
    lines: [...(continued?.lines ?? []), ...own],
    faults: findFaults(fence, previous),
  };
}

function findFaults({ words, file, line }: Fence, previous: Example | undefined): string[] {
  // A misspelt word must not turn a check off in silence.
  const unknown = words.filter((word) => !WORDS.includes(word));
  const faults = unknown.map((word) => `a fence knows ${WORDS.join(" and ")}, not "${word}"`);
  if (words.includes("continues") && !previous) faults.push("there is no earlier fence to continue");
  return faults.map((fault) => `${file}:${line} ${fault}`);
}
