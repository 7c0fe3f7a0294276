import type { EndpointShapes, Shape } from "../shape.ts";

/** What one method takes and gives, where a test does not care. */
export function endpoint(
  hash: string,
  { input = "unknown", output = "unknown", errors = {} }: Partial<Omit<EndpointShapes, "hash">> = {},
): EndpointShapes {
  return { hash, input, output, errors };
}

export function object(properties: NonNullable<Exclude<Shape, string>["object"]>): Shape {
  return { object: properties };
}
