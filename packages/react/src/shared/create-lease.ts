/**
 * Keeps something for as long as anybody has it. It is given up a moment after the last has left: React's StrictMode
 * takes every component away and puts it back at once, which is to cost no request.
 */
export function createLease(giveUp: () => void): () => () => void {
  let holders = 0;
  return () => {
    holders += 1;
    return () => {
      holders -= 1;
      queueMicrotask(() => {
        if (holders === 0) giveUp();
      });
    };
  };
}
