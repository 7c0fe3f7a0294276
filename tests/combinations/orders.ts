/** Every order of several actors' steps in which each actor's own steps keep theirs. */
export function* orders<Step>(actors: readonly (readonly Step[])[]): Generator<readonly Step[]> {
  if (actors.every((steps) => steps.length === 0)) yield [];
  for (const [at, [first, ...rest]] of actors.entries()) {
    if (first === undefined) continue;
    for (const others of orders(actors.with(at, rest))) yield [first, ...others];
  }
}
