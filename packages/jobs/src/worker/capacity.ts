/** How many handlers may run in one worker, all queues together. */
export class Capacity {
  readonly #onRoom: () => void;
  #free: number;

  /** `onRoom` is called when there is room again where there was none. */
  constructor(limit: number, onRoom: () => void) {
    this.#free = limit;
    this.#onRoom = onRoom;
  }

  /** Takes as much as there is, and at most so much. */
  take(wanted: number): number {
    const taken = Math.max(0, Math.min(wanted, this.#free));
    this.#free -= taken;
    return taken;
  }

  giveBack(count: number): void {
    const wasFull = this.#free === 0;
    this.#free += count;
    if (wasFull && count > 0) this.#onRoom();
  }
}
