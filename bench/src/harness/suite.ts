import type { Settings } from "./settings.ts";

/** One set of cases with its own report. It prints the report and writes it into the README that shows it. */
export interface Suite {
  run(settings: Settings): Promise<void>;
}
