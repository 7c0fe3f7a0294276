import { styleText } from "node:util";

/** The colours of the demo, by what they are for. */
const STYLES = {
  screen: "magenta",
  others: "yellow",
  client: "cyan",
  server: "green",
  good: "green",
  bad: "red",
  title: "bold",
  aside: "dim",
} as const;

/** Colours a text, or leaves it as it is. */
export type Paint = (style: keyof typeof STYLES, text: string) => string;

/** Colours where the terminal takes it, as `NO_COLOR` and `FORCE_COLOR` say. */
export const terminalPaint: Paint = (style, text) =>
  styleText(STYLES[style], text, { stream: process.stdout });

/** No colours. */
export const plainPaint: Paint = (_, text) => text;
