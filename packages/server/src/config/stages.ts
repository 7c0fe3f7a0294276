import type { Fault } from "../errors.ts";
import { DEFAULTS, STANDARD_STAGES } from "./check-sections.ts";
import { closestName } from "./closest-name.ts";
import { type ConfigFile, CONFIG_FILE } from "./yaml-files.ts";

/** The fault of a stage that is neither a standard one nor a key of any layer, if it is that. */
export function findStageFault(stage: string, root: string, files: readonly ConfigFile[]): Fault | undefined {
  if (STANDARD_STAGES.includes(stage)) return undefined;
  const own = files.flatMap(({ sections }) => [...sections.keys()]).filter((name) => name !== DEFAULTS);
  if (own.includes(stage)) return undefined;
  const known = [...new Set([...own, ...STANDARD_STAGES])];
  const closest = closestName(stage, known);
  const advice =
    closest === undefined
      ? `give the ${CONFIG_FILE} in ${root} a section of that name, or choose one of ${known.join(", ")}`
      : `did you mean "${closest}"?`;
  // The place of what was meant, or else the first file, where a section would be added.
  const meant = files.map(({ sections }) => sections.get(closest ?? "")?.key).find((key) => key);
  const place = meant ?? (files[0] && { file: files[0].file, line: 1, column: 1 });
  return {
    message: `no section is named after the chosen stage "${stage}": ${advice}`,
    file: place?.file,
    line: place?.line,
    column: place?.column,
    keyPath: [stage],
  };
}
