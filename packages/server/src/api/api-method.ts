import { ServerError } from "../errors.ts";

/** The methods that an API can open. HEAD comes with GET, and OPTIONS is answered for all. */
export type ApiMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One of the methods that `method` of an API says. */
export type MethodOf<Method> = Method extends readonly (infer One)[] ? One : Method;

const METHODS: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);

/** @throws ServerError `INVALID_API` for none, and for what is no method. */
export function toMethods(method: ApiMethod | readonly ApiMethod[]): readonly ApiMethod[] {
  const methods = [method].flat();
  const unknown = methods.find((it) => !METHODS.has(it));
  if (methods.length > 0 && unknown === undefined) return Object.freeze([...new Set(methods)]);
  throw new ServerError(
    "INVALID_API",
    `an API cannot open the method ${String(unknown ?? "[]")}: take some of ${[...METHODS].join(", ")}`,
  );
}
