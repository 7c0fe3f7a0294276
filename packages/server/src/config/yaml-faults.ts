import type { ErrorCode } from "yaml";

/**
 * What a fault that the YAML parser found is called. The parser's own messages quote the file, and with it perhaps a
 * secret.
 */
export function describeYamlFault(code: ErrorCode): string {
  return MESSAGES[code] ?? "YAML cannot be read here";
}

/** Tells whether what the parser made of the file can still be trusted to have its shape. */
export function keepsShape(code: ErrorCode): boolean {
  return code === "DUPLICATE_KEY" || code === "TAG_RESOLVE_FAILED" || code === "NON_STRING_KEY";
}

const MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: "an alias takes neither an anchor nor a tag",
  BAD_ALIAS: "this alias names no anchor that stands before it, or is not written as one",
  BAD_COLLECTION_TYPE: "the tag does not suit the kind of value that follows it",
  BAD_DIRECTIVE: "this directive (a line that begins with %) is not understood",
  BAD_DQ_ESCAPE: "this escape sequence is none of YAML's: double the backslash, or use single quotes",
  BAD_INDENT: "the indentation does not match its surroundings",
  BAD_PROP_ORDER: "anchors and tags stand after the indicator, not before it",
  BAD_SCALAR_START: "text cannot begin with this character: quote it",
  BLOCK_AS_IMPLICIT_KEY:
    "a map or a list cannot begin here: give it a line of its own, or quote a text with a colon",
  BLOCK_IN_FLOW: "inside brackets or braces everything is written with brackets and braces",
  DUPLICATE_KEY: "this key stands twice in one map: remove one",
  KEY_OVER_1024_CHARS: "this key is too long",
  MISSING_CHAR: "something is missing here: a quote, a bracket, a comma, a colon, or the space after one",
  MULTILINE_IMPLICIT_KEY: "a key stands on one line: is the colon missing, or is something not closed?",
  MULTIPLE_ANCHORS: "a value has one anchor at most",
  MULTIPLE_DOCS: "a second document begins here: one file holds one document",
  MULTIPLE_TAGS: "a value has one tag at most",
  NON_STRING_KEY: "a key is text: this is a list, a map or an alias",
  RESOURCE_EXHAUSTION: "values are nested too deeply",
  TAB_AS_INDENT: "a tab indents nothing in YAML: use spaces",
  TAG_RESOLVE_FAILED: "tags (words that begin with !) are not supported",
  UNEXPECTED_TOKEN: "this cannot stand here",
};
