// oxlint-disable no-await-in-loop -- each server is checked by itself.
import { isDeepStrictEqual } from "node:util";
import { Connection } from "./load/connection.ts";
import { withoutFrames } from "./load/response-reader.ts";
import { refusedLoads, type ServerCase, serverCases } from "./server-case.ts";
import { fullCandidates } from "./server-candidates.ts";
import { ServerProcess } from "./server-process.ts";
import { SERVED_BY } from "./work.ts";

/**
 * Sends every case to every server and compares status, media type, body, and what the plugins leave behind. Servers
 * that `compileServers` has compiled.
 *
 * @returns A sentence that says what was found equal. Throws at the first difference.
 */
export async function checkServers(): Promise<string> {
  for (const { name } of fullCandidates) await checkServer(name);
  const names = fullCandidates.map(({ name }) => name).join(", ");
  return `Checked: ${names} answer ${serverCases.length} kinds of requests alike, run their plugins for the same ones, and refuse the same bodies.`;
}

async function checkServer(name: string): Promise<void> {
  const server = await ServerProcess.start({ name });
  try {
    for (const serverCase of serverCases) await checkCase(server, serverCase);
    for (const load of refusedLoads) {
      const { status } = await sendOnce(server, load.request);
      assertEqual(name, "the status of what it refuses", status, load.status);
    }
  } finally {
    await server.stop();
  }
}

async function checkCase(server: ServerProcess, serverCase: ServerCase): Promise<void> {
  const expect = (what: string, found: unknown, expected: unknown) =>
    assertEqual(server.name, `${what} of "${serverCase.title}"`, found, expected);

  const before = await server.usage();
  const response = await sendOnce(server, serverCase.request);
  const after = await server.usage();
  const headerOf = (header: string) => new RegExp(`\n${header}: ([^;\r]*)`, "i").exec(response.head)?.[1];
  expect("the status", response.status, serverCase.status);
  expect("the media type", headerOf("content-type"), serverCase.type);
  expect("the body", withoutFrames(response).toString(), serverCase.body);
  expect("the plugins' header", headerOf(SERVED_BY.name), serverCase.plugins ? SERVED_BY.value : undefined);
  expect(
    "the count of timed requests",
    after.timedRequests - before.timedRequests,
    serverCase.plugins ? 1 : 0,
  );
}

async function sendOnce({ port }: ServerProcess, request: Uint8Array) {
  const connection = await Connection.open(port);
  try {
    return await connection.send(request);
  } finally {
    connection.close();
  }
}

function assertEqual(name: string, what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`${name}: ${what} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
}
