import { type Fault, plain, twice } from "./plain.ts";

/** What plugins are called, and what their hooks do with `next()`. */
export const HOOK_FAULTS: readonly Fault[] = [
  [
    "identity",
    'its type is ""',
    () =>
      ({ name }) => ({ type: "", name, onMount: (_, next) => next() }),
  ],
  ["identity", 'type "two words" names no module', () => plain(() => ({ type: "two words" }))],
  [
    "identity",
    "in a second instance",
    () => {
      let made = 0;
      return plain(({ name }) => ({ name: `${name}-${(made += 1)}` }));
    },
  ],
  [
    "identity",
    "after a request",
    () =>
      plain(({ name }) => ({
        name,
        // Written for whoever has not declared the field readonly.
        onInvoke(this: { name: string }, _, next) {
          this.name = "other";
          return next();
        },
      })),
  ],
  [
    "hooks",
    "implement one",
    () =>
      ({ type, name }) => ({ type, name }),
  ],
  ["hooks", "make it a method", () => plain(() => ({ onClose: "later" as never }))],
  [
    "name-from-options",
    "take the name from the constructor's options",
    () => plain(() => ({ name: "fixed" })),
  ],
  ["next-in-mount", "did not call next()", () => plain(() => ({ onMount: async () => {} }))],
  ["next-in-mount", "called next() 2 times", () => plain(() => ({ onMount: twice }))],
  ["next-in-mount", "ended before", () => plain(() => ({ onMount: (_, next) => void next() }))],
  ["next-in-invoke", "did not call next()", () => plain(() => ({ onInvoke: () => {} }))],
  ["next-in-invoke", "called next() 2 times", () => plain(() => ({ onInvoke: twice }))],
  ["next-in-invoke", "ended before", () => plain(() => ({ onInvoke: (_, next) => void next() }))],
  [
    "next-in-invoke",
    'threw Error "nobody"',
    () => plain(() => ({ onInvoke: () => Promise.reject(new Error("nobody")) })),
  ],
  [
    "errors",
    "made a success of it",
    () => plain(() => ({ onInvoke: (data, next) => next().catch(() => void (data.response = "sorry")) })),
  ],
  [
    "errors",
    'made Error "wrapped" of it',
    () =>
      plain(() => ({
        onInvoke: (_, next) =>
          next().catch((cause: unknown) => {
            throw new Error("wrapped", { cause });
          }),
      })),
  ],
  ["errors", "caught it and went on", () => plain(() => ({ onInvoke: (_, next) => next().catch(() => {}) }))],
  ["errors", "its onMount", () => plain(() => ({ onMount: (_, next) => next().catch(() => {}) }))],
  [
    "results",
    "the handler returned 0, and the caller got undefined",
    () =>
      plain(() => ({
        async onInvoke(data, next) {
          await next();
          data.response ||= undefined;
        },
      })),
  ],
];
