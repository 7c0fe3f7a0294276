import type { ContractSkew } from "./contract-skew.ts";
import type { EndpointShapes, OptionalShape, Shape, ShapeNode } from "./shape.ts";

type Side = ContractSkew["side"];

/**
 * Finds where a server is not what a client was built for: it has to accept whatever the client's types let through, and
 * what it gives has to be what they promise. More than that is welcome.
 */
export function findSkew(known: EndpointShapes, server: EndpointShapes): ContractSkew[] {
  const codes = Object.keys(known.errors).filter((code) => Object.hasOwn(server.errors, code));
  return [
    ...compare("input", known.input, server.input),
    ...compare("output", server.output, known.output),
    ...codes.flatMap((code) => compare("error", server.errors[code]!, known.errors[code]!, code)),
  ];
}

/** Why what comes from one end is not what the other takes. */
function compare(side: Side, outermostFrom: Shape, outermostTo: Shape, name = ""): ContractSkew[] {
  /** Pairs that are being looked at. What is met inside of itself fits, if the rest does. */
  const open: (readonly [Shape, Shape])[] = [];
  const problem = (field: string, what: ContractSkew["problem"]): ContractSkew[] => [
    { side, field, problem: what },
  ];

  function fit(given: Shape, wanted: Shape, field: string): ContractSkew[] {
    const from = resolve(given, outermostFrom);
    const to = resolve(wanted, outermostTo);
    if (to === "unknown" || from === "never" || from === to) return [];
    if (typeof from === "string" && typeof to === "string") return problem(field, "type");
    if (open.some(([a, b]) => a === from && b === to)) return [];
    open.push([from, to]);
    try {
      return fitParts(from, to, field);
    } finally {
      open.pop();
    }
  }

  function fitParts(from: Shape, to: Shape, field: string): ContractSkew[] {
    const { anyOf: alternatives } = toNode(from);
    if (alternatives) return unique(alternatives.flatMap((alternative) => fit(alternative, to, field)));
    const { anyOf: accepted } = toNode(to);
    if (accepted) return fitAny(from, accepted, field);
    const source = toNode(from);
    const target = toNode(to);
    if (source.const !== undefined)
      return source.const === target.const || typeof source.const === to ? [] : problem(field, "type");
    if (source.object && target.object) return fitObject(source, target, field);
    if (source.array && target.array) return fit(source.array, target.array, `${field}[]`);
    if (source.tuple && target.array)
      return source.tuple.flatMap((item, at) => fit(item, target.array!, `${field}[${at}]`));
    if (source.tuple && source.tuple.length === target.tuple?.length)
      return source.tuple.flatMap((item, at) => fit(item, target.tuple![at]!, `${field}[${at}]`));
    return problem(field, "type");
  }

  /** Of several that it could be, what is missing to the nearest. */
  function fitAny(from: Shape, accepted: readonly Shape[], field: string): ContractSkew[] {
    if (from === "boolean" && !accepted.includes("boolean"))
      return [true, false].flatMap((value) => fit({ const: value }, { anyOf: accepted }, field)).slice(0, 1);
    const problems = accepted.map((candidate) => fit(from, candidate, field));
    const inside = problems.filter((found) => found.every((skew) => skew.field !== field));
    const nearest = inside.toSorted((a, b) => a.length - b.length)[0];
    return nearest ?? problem(field, "type");
  }

  function fitObject(from: ShapeNode, to: ShapeNode, field: string): ContractSkew[] {
    const at = (property: string) => (field === "" ? property : `${field}.${property}`);
    const given = new Map(Object.entries(from.object!).map(([property, shape]) => [property, read(shape)]));
    const wanted = new Map(Object.entries(to.object!).map(([property, shape]) => [property, read(shape)]));
    const found: ContractSkew[] = [];
    for (const [property, { shape, optional }] of wanted) {
      const source = given.get(property);
      if (source) found.push(...fit(source.shape, shape, at(property)));
      if (!optional && (!source || source.optional))
        found.push(...problem(at(property), side === "input" ? "required" : source ? "optional" : "removed"));
    }
    for (const [property, { shape }] of given) {
      if (wanted.has(property)) continue;
      if (to.rest !== undefined) found.push(...fit(shape, to.rest, at(property)));
      // What is sent is meant to have an effect. What comes beyond what is known disturbs nobody.
      else if (side === "input") found.push(...problem(at(property), "removed"));
    }
    if (from.rest !== undefined && to.rest !== undefined) found.push(...fit(from.rest, to.rest, at("*")));
    else if (from.rest !== undefined && side === "input") found.push(...problem(at("*"), "removed"));
    return found;
  }

  return unique(fit(outermostFrom, outermostTo, name));
}

function resolve(shape: Shape, outermost: Shape): Shape {
  const name = toNode(shape).ref?.split("/").at(-1);
  // What leads nowhere says nothing.
  return name === undefined ? shape : (toNode(outermost).defs?.[name] ?? "unknown");
}

function toNode(shape: Shape): ShapeNode {
  return typeof shape === "string" ? {} : shape;
}

function read(shape: Shape | OptionalShape): { readonly shape: Shape; readonly optional: boolean } {
  return typeof shape === "object" && "optional" in shape
    ? { shape: shape.optional, optional: true }
    : { shape, optional: false };
}

function unique(skews: readonly ContractSkew[]): ContractSkew[] {
  return [...new Map(skews.map((skew) => [`${skew.problem} ${skew.field}`, skew])).values()];
}
