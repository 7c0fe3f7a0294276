// oxlint-disable no-await-in-loop -- what is counted must not run at the same time.
import type { ClientResponse } from "@x/client";
import { isDeepStrictEqual } from "node:util";
import { checkReads } from "../client/check.ts";
import { type CostCase, costCases } from "./cost-case.ts";
import { createPathBench } from "./path-bench.ts";
import { pluginCosts } from "./plugin-costs.ts";
import { stackCandidates, stackCases } from "./stack.ts";

/** The same key twice, and another one. */
const IDS = [7, 7, 8];

/**
 * Runs both sides of every path: a plugin at work makes the difference that it is there for, and one with nothing to do
 * makes none. Then every candidate beside the stack reads the same data by as many fetches.
 *
 * @returns A sentence that says what was found. Throws at the first thing that is otherwise.
 */
export async function checkPlugins(): Promise<string> {
  for (const costCase of costCases) await checkPath(costCase);
  for (const readCase of stackCases)
    for (const candidate of stackCandidates)
      if (candidate.leavesOut(readCase) === undefined) await checkReads(candidate, readCase);
  return [
    `Checked: each of ${pluginCosts.length} plugins does its work where it has some, and changes nothing where it has none;`,
    `${stackCandidates.map(({ name }) => name).join(", ")} give the same data for equally many fetches.`,
  ].join(" ");
}

async function checkPath({ id, path }: CostCase): Promise<void> {
  const without = await findOn(false);
  const withPlugin = await findOn(true);
  const expected = path.difference ?? { without, with: without };
  for (const [side, found] of [["without", without] as const, ["with", withPlugin] as const])
    if (!isDeepStrictEqual(found, expected[side]))
      throw new Error(
        `${id}, ${side} the plugin: ${JSON.stringify(found)} in place of ${JSON.stringify(expected[side])}`,
      );

  async function findOn(side: boolean): Promise<unknown> {
    const bench = createPathBench({ withPlugin: side, record: true });
    const { run, find } = path.open(bench);
    const answers: unknown[] = [];
    for (const key of IDS) answers.push(toPlain(await run(key)));
    // A fetch that others may join has a signal of its own, which is about when to give up and not about what is sent.
    const sent = bench.sent.map(({ url, method, headers, body, fetchInit }) => ({
      url,
      method,
      headers,
      body,
      fetchInit,
    }));
    return find ? find() : { sent, answers };
  }
}

/** What a caller sees; an error is known by its code. */
function toPlain(answer: unknown): unknown {
  // Where nothing may differ, a run gives a response; elsewhere it is not looked at.
  const response = answer as ClientResponse | undefined;
  if (!response) return undefined;
  const { data, error, status, headers, meta } = response;
  return { data, code: error?.code, status, headers, meta };
}
