/**
 * The fields of a line, of an object that has a JSON form of its own that form: spread like any other, a configuration
 * would show what its JSON form hides.
 */
export function toFields(fields: object): Record<string, unknown> {
  const plain: unknown = "toJSON" in fields && typeof fields.toJSON === "function" ? fields.toJSON() : fields;
  return typeof plain === "object" && plain !== null ? { ...plain } : { value: plain };
}
