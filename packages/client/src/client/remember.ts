/** How many keys are remembered: more than what is used again and again at one time. Others are made again. */
const MAX_KEYS = 250;

/** A function that makes something of a key, once for each. */
export function remember<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    let made = known.get(key);
    if (made === undefined) {
      if (known.size >= MAX_KEYS) known.clear();
      known.set(key, (made = make(key)));
    }
    return made;
  };
}
