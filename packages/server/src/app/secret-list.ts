/** Texts that no log line may show, from the configurations of all functions of an app. */
export class SecretList {
  readonly #texts = new Set<string>();
  #all: readonly string[] = [];

  add(texts: readonly string[]): void {
    for (const text of texts) this.#texts.add(text);
    this.#all = [...this.#texts];
  }

  /** Asked for every line. */
  get all(): readonly string[] {
    return this.#all;
  }
}
