import { toConfigError } from "../config/config-error.ts";
import { didYouMean } from "../config/closest-name.ts";
import { faultAt } from "../config/config-node.ts";
import type { ResolvedEntry } from "../config/resolve-entries.ts";
import { isServerError, ServerError } from "../errors.ts";
import type { PluginClass } from "../types.ts";
import { loadPluginClass, type LoadOptions } from "./load-plugin-class.ts";

/** An entry with the class that makes its plugin. */
export interface LoadedEntry {
  readonly entry: ResolvedEntry;
  readonly type: string;
  readonly Class: PluginClass;
}

/**
 * Loads the classes of all entries at once and tells everything that fails in one error.
 *
 * @throws ServerError `INVALID_CONFIG` for entries without a type, and what `loadPluginClass` throws.
 */
export async function loadPluginClasses(
  entries: readonly ResolvedEntry[],
  options: LoadOptions,
): Promise<readonly LoadedEntry[]> {
  const typed = entries.map((entry) => ({ entry, type: typeOf(entry, options.builtIn) }));
  const untyped = typed.filter(({ type }) => type === undefined).map(({ entry }) => entry);
  if (untyped.length > 0) throw untypedError(untyped, options);
  const results = await Promise.allSettled(
    typed.map(({ entry, type = "" }) => loadPluginClass(entry, type, options)),
  );
  const failures = results.flatMap((result): unknown[] =>
    result.status === "rejected" ? [result.reason] : [],
  );
  if (failures.length > 0) throw toOneError(failures);
  return results.flatMap((result, index) => {
    const { entry, type = "" } = typed[index]!;
    return result.status === "fulfilled" ? [{ entry, type, Class: result.value }] : [];
  });
}

/** The type as it is written, or the entry's name where that is a built-in plugin's. */
function typeOf({ name, type }: ResolvedEntry, builtIn: LoadOptions["builtIn"]): string | undefined {
  return type ?? (Object.hasOwn(builtIn, name) ? name : undefined);
}

function untypedError(entries: readonly ResolvedEntry[], { builtIn }: LoadOptions): ServerError {
  const faults = entries.map(({ name, node }) => {
    const hint = didYouMean(name, Object.keys(builtIn));
    return faultAt(
      node.key,
      `"${name}" is neither built in nor registered in code, so it needs a "type".${hint}`,
    );
  });
  return toConfigError(
    faults,
    entries.map(({ name }) => name),
  );
}

/** A single failure as it is. Of several, one that has the first one's code and tells them all. */
function toOneError(failures: readonly unknown[]): unknown {
  const [first] = failures;
  const errors = failures.filter(isServerError);
  if (errors.length < 2 || !isServerError(first)) return first;
  return new ServerError(first.code, errors.map(({ message }) => message).join("\n"), {
    plugins: errors.flatMap(({ plugins }) => plugins),
    faults: errors.flatMap(({ faults }) => faults),
    cause: first.cause,
  });
}
