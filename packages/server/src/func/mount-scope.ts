// The type alone: runtimes without the module still run functions.
import type { AsyncLocalStorage } from "node:async_hooks";

/** One mount in progress, inside whose hooks its own function must not be called. */
interface MountFrame {
  readonly func: object;
  readonly outer: MountFrame | undefined;
  active: boolean;
}

let storage: AsyncLocalStorage<MountFrame> | undefined;
let running = 0;

/** Runs `mount` so that `isMounting` can tell calls from inside it, however deep, from calls beside it. */
export async function runInMountScope<Value>(func: object, mount: () => Promise<Value>): Promise<Value> {
  storage ??= createStorage();
  if (!storage) return mount();
  const frame: MountFrame = { func, outer: storage.getStore(), active: true };
  running += 1;
  try {
    return await storage.run(frame, mount);
  } finally {
    frame.active = false;
    running -= 1;
    // Where contexts are followed by hooks on every promise, requests must not pay for mounts that are over.
    if (running === 0) storage.disable();
  }
}

/** Tells whether the caller runs inside the mount of `func`. */
export function isMounting(func: object): boolean {
  for (let frame = storage?.getStore(); frame; frame = frame.outer)
    if (frame.func === func && frame.active) return true;
  return false;
}

function createStorage(): AsyncLocalStorage<MountFrame> | undefined {
  // Not every runtime has it. Without it a function that waits for its own mount runs into the time limit.
  const hooks = globalThis.process?.getBuiltinModule?.("node:async_hooks");
  return hooks && new hooks.AsyncLocalStorage();
}
