import { styleText } from "node:util";
import { wrap } from "./wrap.ts";

/** How a command speaks to its user. */
export interface TerminalOptions {
  /** One JSON document on the standard output and nothing else. */
  readonly json: boolean;
  /** `false` for none. Otherwise the terminal, `NO_COLOR` and `FORCE_COLOR` decide. */
  readonly color: boolean;
  /** Whether errors show their stacks. */
  readonly verbose: boolean;
}

/** What a text can look like. */
export type Style = Parameters<typeof styleText>[0];

const DEFAULT_WIDTH = 80;
const MAX_WIDTH = 100;

/** The only place that writes. People read lines, machines one document. */
export class Terminal {
  readonly json: boolean;
  readonly verbose: boolean;
  /** How many columns a line may have. */
  readonly width: number;
  readonly #color: boolean;
  readonly #write: (text: string) => void;

  constructor({ json, color, verbose }: TerminalOptions) {
    const { stdout } = process;
    this.json = json;
    this.verbose = verbose;
    this.#color = color;
    this.width = Math.min(stdout.columns ?? DEFAULT_WIDTH, MAX_WIDTH);
    const write = stdout.write.bind(stdout);
    this.#write = (text) => void write(text);
    // What a project prints while it is loaded must not end up inside the document.
    if (json) stdout.write = process.stderr.write.bind(process.stderr);
  }

  /** Lines for people. */
  line(text = ""): void {
    if (!this.json) this.#write(`${text}\n`);
  }

  /** Prose for people, broken into lines that fit. */
  prose(text: string, indent = ""): void {
    for (const line of wrap(text, this.width, indent)) this.line(line);
  }

  /** Lines of what goes on for long: where the document has the standard output to itself, beside it. */
  say(text: string): void {
    if (this.json) this.note(text);
    else this.line(text);
  }

  /** Lines for people beside what the command gives: how it goes, and what went wrong. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** What machines read. A command gives one. */
  document(value: unknown): void {
    if (this.json) this.#write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** The text in a style, where the standard output shows styles. */
  paint(style: Style, text: string): string {
    return this.#paint(style, text, process.stdout);
  }

  /** As `paint`, for notes. */
  paintNote(style: Style, text: string): string {
    return this.#paint(style, text, process.stderr);
  }

  #paint(style: Style, text: string, stream: NodeJS.WriteStream): string {
    return this.#color ? styleText(style, text, { stream }) : text;
  }
}

/** Waits until everything is written: an exit would cut off what a pipe has not taken yet. */
export async function flush(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      if (stream.writableLength === 0) resolve();
      else stream.once("drain", resolve);
    });
}
