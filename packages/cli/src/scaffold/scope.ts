/** The npm scope of the official packages. Scaffolded packages name it nowhere but by this. */
export const SCOPE = "@x";
