/** How the process ends. Scripts may count on these numbers. */
export const EXIT = {
  ok: 0,
  /** A problem was found, or something failed. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
