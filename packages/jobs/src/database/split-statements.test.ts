import { array, assert, constantFrom, property } from "fast-check";
import { getConstructionPlans } from "pg-boss";
import { describe, expect, it } from "vitest";
import { splitStatements } from "./split-statements.ts";

describe("a script", () => {
  it("is cut at its semicolons, and not at those in quotes, bodies and comments", () => {
    expect(
      splitStatements(`
        BEGIN;
        SELECT ';' AS "a;b"; -- a comment; with one
        /* another; */ SELECT $$ x; $$, $body$ y; $$ z; $body$;
        SELECT 'it''s;'; ;
        COMMIT`),
    ).toEqual([
      "BEGIN",
      `SELECT ';' AS "a;b"`,
      `-- a comment; with one\n        /* another; */ SELECT $$ x; $$, $body$ y; $$ z; $body$`,
      "SELECT 'it''s;'",
      "COMMIT",
    ]);
  });

  it("with parameters is left whole: $1 opens nothing", () => {
    expect(splitStatements("SELECT $1::text; SELECT $2")).toEqual(["SELECT $1::text", "SELECT $2"]);
  });

  it("whose quote is never closed ends there", () => {
    expect(splitStatements("SELECT 1; SELECT 'a; b")).toEqual(["SELECT 1", "SELECT 'a; b"]);
  });

  it("loses nothing but semicolons and space", () => {
    const piece = constantFrom("SELECT 1", "'a;b'", "$$;$$", '"x;y"', "/*;*/", " ", ";", "\n");
    assert(
      property(array(piece), (pieces) => {
        const bare = (text: string) => text.replaceAll(/[\s;]/g, "");
        expect(bare(splitStatements(pieces.join(" ")).join(""))).toBe(bare(pieces.join(" ")));
      }),
    );
  });

  it("of pg-boss begins with BEGIN, ends with COMMIT, and has no half statement", () => {
    const statements = splitStatements(getConstructionPlans("jobs"));
    expect([statements[0], statements.at(-1)]).toEqual(["BEGIN", "COMMIT"]);
    for (const statement of statements) expect((statement.match(/\$\$/g) ?? []).length % 2).toBe(0);
  });
});
