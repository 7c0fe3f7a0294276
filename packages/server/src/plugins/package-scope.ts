/** The scope of official packages. A plugin type without a scope of its own, `auth`, is `<scope>/server-auth`. */
const SCOPE = "@x";

const OFFICIAL_PREFIX = `${SCOPE}/server-`;

/** The official package that a bare plugin type stands for. */
export function toOfficialPackage(type: string): string {
  return `${OFFICIAL_PREFIX}${type}`;
}

/** The name of a plugin in its package's name: `@x/server-auth` is `auth`. */
export function toShortName(packageName: string): string {
  return packageName.startsWith(OFFICIAL_PREFIX) ? packageName.slice(OFFICIAL_PREFIX.length) : packageName;
}
