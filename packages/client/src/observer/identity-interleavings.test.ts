import { describe, expect, it } from "vitest";
import { interleavings } from "../test-support/interleavings.ts";
import { signedIn } from "../test-support/signed-in.ts";
import { flushMicrotasks } from "../testing/index.ts";

// Whatever the order of looks, answers and users: who looks at an observer sees their own data, or none.

const DEEDS = ["mounts", "unmounts", "asks", "sends", "is answered", "is grace", "is ada", "tells"] as const;

type Deed = (typeof DEEDS)[number];

async function play(order: readonly Deed[]): Promise<void> {
  let user = "ada";
  const { client, transport, become, clock, reported } = signedIn(user);
  const held = [transport.hold("GET secret"), transport.hold("POST secret")];
  const answered = new Set<unknown>();
  const read = client.observe("secret");
  const write = client.observeRequest("secret", { method: "POST" });
  const answer = () => {
    const waiting = held.flat().filter((request) => !answered.has(request));
    for (const request of waiting.slice(0, 1)) {
      answered.add(request);
      const name = request.request.headers["x-user"];
      request.reply(({ method }) => ({ status: method === "GET" ? 200 : 409, data: `${name}'s` }));
    }
  };
  const look = () => {
    const shown = [read, write].flatMap((observer) => {
      const { data, error } = observer.getSnapshot();
      return [data ?? [], error?.body ?? []].flat();
    });
    expect({ order, shown }).toEqual({ order, shown: shown.map(() => `${user}'s`) });
  };
  for (const observer of [read, write]) observer.subscribe(look);
  const is = (name: string) => {
    user = name;
    become(name);
  };
  const deeds: Record<Deed, () => unknown> = {
    mounts: () => [read, write].forEach((observer) => observer.mount()),
    unmounts: () => [read, write].forEach((observer) => observer.unmount()),
    asks: () => void read.refetch(),
    sends: () => void write.send(),
    "is answered": answer,
    "is grace": () => is("grace"),
    "is ada": () => is("ada"),
    tells: () => client.checkIdentity(),
  };

  for (const deed of order) {
    deeds[deed]();
    look();
    await flushMicrotasks();
    look();
  }
  for (const observer of [read, write]) observer.unmount();
  client.dispose();
  await flushMicrotasks();
  expect({ order, scheduled: clock.scheduled, reported }).toEqual({ order, scheduled: 0, reported: [] });
}

const COMINGS: readonly (readonly Deed[])[] = [
  ["is grace", "tells"],
  ["is grace", "is ada"],
  ["is grace", "tells", "is ada"],
];
const USES: readonly (readonly Deed[])[] = [
  ["mounts", "is answered", "is answered"],
  ["mounts", "is answered", "unmounts"],
  ["asks", "is answered", "mounts", "is answered"],
  ["sends", "is answered", "is answered"],
  ["mounts", "sends", "is answered", "is answered"],
];

describe("in every order", () => {
  const cases = USES.flatMap((use) => COMINGS.map((coming) => [use, coming] as const));
  it.each(cases)("%j and %j", async (...actors) => {
    for (const order of interleavings<Deed>(actors)) await play(order);
  });
});
