/** Every order of several actors' steps in which each actor's own steps keep theirs. */
export function* interleavings<Step>(actors: readonly (readonly Step[])[]): Generator<readonly Step[]> {
  if (actors.every((steps) => steps.length === 0)) yield [];
  for (const [at, [first, ...rest]] of actors.entries()) {
    if (first === undefined) continue;
    for (const others of interleavings(actors.with(at, rest))) yield [first, ...others];
  }
}

/** Every choice of `size` items, in the items' order, each as often as it fits. */
export function* choices<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  if (size === 0) yield [];
  else
    for (const [at, item] of items.entries()) {
      for (const others of choices(items.slice(at), size - 1)) yield [item, ...others];
    }
}
