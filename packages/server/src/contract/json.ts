/** What arrives as it is sent. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [Key in string]: Json };
