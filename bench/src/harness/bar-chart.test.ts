import { expect, it } from "vitest";
import { barChart } from "./bar-chart.ts";

const chart = barChart("Time & space", [
  {
    title: "10 <async> steps",
    bars: [
      { label: "ours", value: 0.5, ours: true },
      { label: "theirs", value: 2, ours: false },
    ],
  },
]);

it("draws bars in proportion, ours apart", () => {
  const widths = [...chart.matchAll(/class="(bar[^"]*)" .*? width="([\d.]+)"/g)].map(([, kind, width]) => [
    kind,
    Number(width),
  ]);
  expect(widths).toEqual([
    ["bar ours", 130],
    ["bar", 520],
  ]);
});

it("escapes texts, brings colours for both schemes and loads nothing", () => {
  expect(chart).toContain("Time &amp; space");
  expect(chart).toContain("10 &lt;async&gt; steps");
  expect(chart).toContain("prefers-color-scheme: dark");
  expect(chart).not.toMatch(/href|url\(|@import/);
});
