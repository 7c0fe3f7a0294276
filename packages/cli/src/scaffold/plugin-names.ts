import { CliError } from "../errors.ts";
import { coreOf, type PluginKind } from "./plugin-kind.ts";
import { SCOPE } from "./scope.ts";

/** What a new plugin and its parts are called. */
export interface PluginNames {
  /** Whose it is; nothing for an official one. */
  readonly vendor: string | undefined;
  /** `rate-limit` */
  readonly word: string;
  /** As `use` and `faas.yaml` know it: `rate-limit`, or `acme:rate-limit`. */
  readonly plugin: string;
  /** `@acme/client-rate-limit` */
  readonly package: string;
  /** The package that it extends. */
  readonly core: string;
  /** Its last part: `client-rate-limit` */
  readonly folder: string;
  /** `rateLimit` */
  readonly camel: string;
  /** `RateLimit` */
  readonly pascal: string;
}

const WORD = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const MAX_LENGTH = 60;
/** The official scope is nobody else's vendor. */
const OFFICIAL_VENDOR = SCOPE.slice(1);

/** Words of JavaScript, of the files of a package, and of what is built in. None of them can be a plugin. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof var void while with yield " +
    "contract handler http index testing"
  ).split(" "),
);

/**
 * Reads the name of a plugin: `word` for an official one, `vendor:word` for everybody else's.
 *
 * @throws CliError `INVALID_USAGE` for what is neither.
 */
export function toPluginNames(kind: PluginKind, name: string): PluginNames {
  const [word = "", vendor] = name.split(":").toReversed();
  const parts = vendor === undefined ? [word] : [vendor, word];
  if (name !== parts.join(":") || parts.some((part) => !WORD.test(part) || part.length > MAX_LENGTH))
    throw invalid(
      name,
      "write it in small letters, as word inside the monorepo and as vendor:word elsewhere",
    );
  if (TAKEN.has(word)) throw invalid(name, `"${word}" has a meaning of its own: take another word`);
  if (vendor === OFFICIAL_VENDOR)
    throw invalid(name, `${SCOPE} is the scope of the official plugins: take the vendor that you publish as`);
  const core = coreOf(kind);
  const pascal = word.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return {
    vendor,
    word,
    plugin: name,
    package: `${vendor === undefined ? SCOPE : `@${vendor}`}/${core}-${word}`,
    core: `${SCOPE}/${core}`,
    folder: `${core}-${word}`,
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    pascal,
  };
}

function invalid(name: string, mend: string): CliError {
  return new CliError("INVALID_USAGE", `"${name}" cannot be the name of a plugin: ${mend}`);
}
