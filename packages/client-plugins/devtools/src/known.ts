/** A field, unless there is nothing to tell. */
export function known<Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: unknown } {
  // A computed name is typed as any text.
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: unknown });
}
