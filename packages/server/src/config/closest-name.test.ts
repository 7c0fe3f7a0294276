import { describe, expect, it } from "vitest";
import { closestName, didYouMean, meantName } from "./closest-name.ts";

describe("closestName", () => {
  it.each([
    ["secrt", "secret"],
    ["sercet", "secret"],
    ["Secret", "secret"],
    ["seecret", "secret"],
    ["htp", "http"],
    ["http", "http"],
    ["provder", "provider"],
    ["porvidre", "provider"],
  ])("%s means %s", (name, expected) => {
    expect(closestName(name, ["http", "secret", "provider"])).toBe(expected);
  });

  it.each(["", "h", "cfg", "something", "toString", "sec"])("%s means none of them", (name) => {
    expect(closestName(name, ["http", "secret", "provider"])).toBeUndefined();
  });

  it("the nearest of several wins, the first of equally near ones", () => {
    expect(closestName("teest", ["tests", "test"])).toBe("test");
    expect(closestName("bar", ["car", "far"])).toBe("car");
  });

  it("a hint is a sentence of its own, or nothing", () => {
    expect(didYouMean("secrt", ["secret"])).toBe(' Did you mean "secret"?');
    expect(didYouMean("x", ["secret"])).toBe("");
  });

  it("only what is nearer still is taken for a slip", () => {
    expect(closestName("toString", ["testing"])).toBe("testing");
    expect(meantName("toString", ["testing"])).toBeUndefined();
    expect(meantName("stagin", ["staging"])).toBe("staging");
    expect(meantName("prodcutoin", ["production"])).toBe("production");
  });
});
