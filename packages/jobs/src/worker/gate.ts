/** Wakes who waits. A call that comes while nobody waits counts for the next one who does. */
export class Gate {
  #open = false;
  #resolve: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether somebody waits. */
  get isWaiting(): boolean {
    return this.#resolve !== undefined;
  }

  open(): void {
    this.#open = true;
    this.#resolve?.();
  }

  /** Waits until somebody opens it, or for so long. */
  async wait(timeoutMs?: number): Promise<void> {
    if (!this.#open)
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
        if (timeoutMs !== undefined) this.#timer = setTimeout(resolve, timeoutMs);
      });
    clearTimeout(this.#timer);
    this.#open = false;
    this.#resolve = undefined;
  }
}
