/** Something that tells when it has changed. */
interface Changing {
  subscribe(listener: () => void): () => void;
}

const TIMEOUT_MS = 5_000;

/** Resolves when a condition holds, which is looked at after each change, or when too much time has passed. */
export function until(changing: Changing, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(end, TIMEOUT_MS);
    const stop = changing.subscribe(() => holds() && end());
    if (holds()) end();
  });
}
