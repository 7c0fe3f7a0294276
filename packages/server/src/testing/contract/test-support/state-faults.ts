import { once } from "node:events";
import { createServer } from "node:net";
import { type Fault, plain, wait } from "./plain.ts";

/** What plugins keep, and for how long. */
export const STATE_FAULTS: readonly Fault[] = [
  [
    "mount-again",
    "let onMount begin anew",
    () =>
      plain(() => {
        let isOpen = false;
        return {
          onMount(_, next) {
            if (isOpen) throw new Error("already open");
            isOpen = true;
            return next();
          },
        };
      }),
  ],
  [
    "close",
    "a timer (",
    () =>
      plain(() => ({
        onMount(_, next) {
          setInterval(() => {}, 1_000).unref();
          return next();
        },
      })),
  ],
  [
    "close",
    "a server",
    () =>
      plain(() => ({
        async onMount(_, next) {
          const server = createServer().listen(0, "127.0.0.1").unref();
          await once(server, "listening");
          await next();
        },
      })),
  ],
  [
    "close",
    'a listener (process.on "message")',
    () =>
      plain(() => ({
        onMount(_, next) {
          process.on("message", () => {});
          return next();
        },
      })),
  ],
  [
    "close",
    'its onClose threw Error "no"',
    () =>
      plain(() => ({
        onMount: (_, next) => next(),
        onClose() {
          throw new Error("no");
        },
      })),
  ],
  [
    "own-state",
    "is one and the same object",
    () => {
      const pool = { connected: true };
      return plain(() => ({
        onInvoke(data, next) {
          Object.assign(data, { pool });
          return next();
        },
      }));
    },
  ],
  [
    "own-state",
    "data.count goes on counting",
    () => {
      let count = 0;
      return plain(() => ({
        onInvoke(data, next) {
          count += 1;
          Object.assign(data, { count });
          return next();
        },
      }));
    },
  ],
  [
    "own-state",
    "depends on those to another",
    () => {
      let count = 0;
      return plain(() => ({
        async onInvoke(_, next) {
          count += 1;
          if (count > 7) throw new Error("too many requests");
          await next();
        },
      }));
    },
  ],
  [
    "own-state",
    "once another one, with an instance of its own, is closed",
    () => {
      let isOpen = true;
      return plain(() => ({
        async onInvoke(_, next) {
          if (!isOpen) throw new Error("the pool is closed");
          await next();
        },
        onClose: () => void (isOpen = false),
      }));
    },
  ],
  [
    "shared-instance",
    "closing one function ends the instance",
    () =>
      plain(() => {
        let isOpen = true;
        return {
          async onInvoke(_, next) {
            if (!isOpen) throw new Error("closed");
            await next();
          },
          onClose: () => void (isOpen = false),
        };
      }),
  ],
  [
    "shared-instance",
    "does not work in two functions",
    () =>
      plain(() => {
        let mounts = 0;
        return {
          onMount(_, next) {
            mounts += 1;
            if (mounts > 1) throw new Error("mounted twice");
            return next();
          },
        };
      }),
  ],
  [
    "concurrency",
    "has what belongs to another in data.id",
    () =>
      plain(() => {
        let id = "";
        return {
          async onInvoke(data, next) {
            id = data.context.requestId;
            await wait();
            Object.assign(data, { id });
            await next();
          },
        };
      }),
  ],
  [
    "concurrency",
    "got what another was answered with",
    () =>
      plain(() => {
        let response: unknown;
        return {
          async onInvoke(data, next) {
            await next();
            response ??= data.response;
            data.response = response;
          },
        };
      }),
  ],
  [
    "concurrency",
    "did not come to the handler",
    () =>
      plain(() => {
        let isBusy = false;
        return {
          async onInvoke(_, next) {
            if (isBusy) throw new Error("busy");
            isBusy = true;
            await next().finally(() => (isBusy = false));
          },
        };
      }),
  ],
];
