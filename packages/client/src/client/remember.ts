/** How many texts are remembered. Applications have fewer paths and operations; those made of data are made again. */
const MAX_TEXTS = 1_000;

/** A function that makes something of a text, once for each. */
export function remember<Made>(make: (text: string) => Made): (text: string) => Made {
  const known = new Map<string, Made>();
  return (text) => {
    let made = known.get(text);
    if (made === undefined) {
      if (known.size >= MAX_TEXTS) known.clear();
      known.set(text, (made = make(text)));
    }
    return made;
  };
}
