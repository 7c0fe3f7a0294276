import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fillTemplate, parseTemplate } from "./templates.ts";

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
/** What a text says by itself, written so that it is not taken for variables. */
const escaped = (text: string) => text.replaceAll("${", () => "$${");
const fill = (text: string, env: Record<string, string>) => {
  const template = parseTemplate(text);
  if (template === undefined) return text;
  if ("message" in template) throw new Error(template.message);
  return fillTemplate(template, env).text;
};

it("any text comes out as it is, once its variables are escaped", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom("$", "{", "}", "${", "$${", ":-"))),
      (parts) => {
        // A dollar before an escape is its own affair: `$$${` is a dollar and an escape.
        const text = parts.join("");
        fc.pre(!text.includes("$${"));
        expect(fill(escaped(text), {})).toBe(text);
      },
    ),
  );
});

it("variables are replaced by exactly what they hold, which is never read for variables again", () => {
  const value = fc.oneof(fc.string(), fc.constantFrom("${A}", "$${A}", "}", "${"));
  const part = fc.oneof(
    fc.record({ literal: fc.string().filter((text) => !text.includes("$")) }),
    fc.record({ name, value }),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const env: Record<string, string> = {};
      for (const piece of parts) if ("name" in piece) env[piece.name] ??= piece.value;
      const text = parts.map((piece) => ("name" in piece ? `\${${piece.name}}` : piece.literal)).join("");
      const expected = parts.map((piece) => ("name" in piece ? env[piece.name] : piece.literal)).join("");
      expect(fill(text, env)).toBe(expected);
    }),
  );
});

it("a default is what counts without the variable, however deep defaults go", () => {
  const nested = fc.array(name, { minLength: 1, maxLength: 6 });
  const plain = fc.string().filter((text) => !/[${}]/.test(text));
  fc.assert(
    fc.property(nested, plain, fc.nat(), (names, fallback, index) => {
      const text = names.reduceRight((inner, outer) => `\${${outer}:-${inner}}`, fallback);
      expect(fill(text, {})).toBe(fallback);
      const given = names[index % names.length]!;
      expect(fill(text, { [given]: "given" })).toBe("given");
    }),
  );
});

it("any text either can be read or is refused, and what is missing is told by name", () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom("${", "$${", "}", "{", ":-", "A", "_", "$"));
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const template = parseTemplate(pieces.join(""));
      if (template === undefined || "message" in template) return;
      const { missing } = fillTemplate(template, {});
      const env = Object.fromEntries(missing.map((variable) => [variable, "x"]));
      expect(fillTemplate(template, env).missing).toEqual([]);
    }),
  );
});
