import { tooLarge } from "./stream.ts";

/** Takes text in pieces and gives lines. */
export interface LineSplitter {
  /** @throws ClientError `MESSAGE_TOO_LARGE` for a line without an end. */
  feed(text: string): void;
  /** Gives what has no end of its own. */
  end(): void;
}

/** Creates a splitter for lines that end in LF or CRLF. Empty ones are none. */
export function createLineSplitter(maxLength: number, onLine: (line: string) => void): LineSplitter {
  let rest = "";

  function give(line: string): void {
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (text !== "") onLine(text);
  }

  return {
    feed(text) {
      const lines = text.split("\n");
      lines[0] = rest + lines[0]!;
      rest = lines.pop()!;
      if (rest.length > maxLength || lines.some(({ length }) => length > maxLength))
        throw tooLarge(maxLength);
      lines.forEach(give);
    },

    end() {
      give(rest);
      rest = "";
    },
  };
}
