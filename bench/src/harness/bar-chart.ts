/** Bars that belong together. Ours stand out. */
export interface BarGroup {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly ours: boolean }[];
}

const WIDTH = 720;
const LEFT = 150;
const RIGHT = 50;
const BAR = 18;
const TITLE = 34;
const HEAD = 34;

// System fonts alone, and colours for both schemes: a README shows the file as an image, which loads nothing.
const STYLE = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328; }
  .head { font-weight: 600; font-size: 14px; }
  .title { font-weight: 600; }
  .label, .value { text-anchor: end; }
  .bar { fill: #afb8c1; }
  .ours { fill: #0969da; }
  .base { stroke: #59636e; stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .bar { fill: #57606a; }
    .ours { fill: #4493f8; }
    .base { stroke: #9198a1; }
  }`;

/** Horizontal bars from 0, with a line at 1, as an SVG that reads well on a light and on a dark page. */
export function barChart(heading: string, groups: readonly BarGroup[]): string {
  const greatest = Math.max(1, ...groups.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const toX = (value: number) => round(LEFT + (value / greatest) * (WIDTH - LEFT - RIGHT));

  const parts: string[] = [];
  let y = HEAD;
  for (const { title, bars } of groups) {
    parts.push(`<text class="title" x="0" y="${y + 22}">${escape(title)}</text>`);
    y += TITLE;
    for (const { label, value, ours } of bars) {
      parts.push(
        `<text class="label" x="${LEFT - 8}" y="${y + 13}">${escape(label)}</text>`,
        `<rect class="bar${ours ? " ours" : ""}" x="${LEFT}" y="${y + 2}" width="${round(toX(value) - LEFT)}" height="${BAR - 4}" rx="2"/>`,
        `<text class="value" x="${WIDTH}" y="${y + 13}">${value.toFixed(2)}</text>`,
      );
      y += BAR;
    }
    const base = toX(1);
    parts.push(`<line class="base" x1="${base}" x2="${base}" y1="${y - BAR * bars.length}" y2="${y}"/>`);
  }
  const height = y + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    `<title>${escape(heading)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<text class="head" x="0" y="18">${escape(heading)}</text>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

const round = (value: number) => Math.round(value * 10) / 10;

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
