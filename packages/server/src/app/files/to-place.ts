import { relative, sep } from "node:path";
import { isCleanPath } from "../clean-path.ts";

/** Which paths an API file answers. */
export interface FilePlace {
  /** `orders/create` for `orders/create.api.ts`. */
  readonly name: string;
  readonly paths: readonly string[];
  /** In which it answers whatever nothing else does. */
  readonly folders: readonly string[];
}

const ENDING = /\.api\.m?[jt]s$/;

/**
 * `orders/create.api.ts` answers `/orders/create`. `orders/index.api.ts` answers `/orders` beside its own path, and
 * `orders/default.api.ts` answers, beside its own path, whatever below `/orders`, itself included, nothing else does.
 *
 * @returns `undefined` for a name that no URL reaches, such as one with a backslash.
 */
export function toPlace(root: string, file: string): FilePlace | undefined {
  const name = relative(root, file).split(sep).join("/").replace(ENDING, "");
  const path = `/${name}`;
  if (!isCleanPath(path)) return undefined;
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash);
  const paths = path.endsWith("/index") ? [path, folder || "/"] : [path];
  return { name, paths, folders: path.endsWith("/default") ? [folder] : [] };
}
