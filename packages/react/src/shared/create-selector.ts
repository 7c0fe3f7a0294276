import { isEqual } from "./is-equal.ts";

/** Gives a view to a component: another object only when something has changed that the component reads of it. */
export type Selector<View> = (view: View) => View;

/** What was given, with the view that it shows by now. */
interface Shown<View> {
  view: View;
  readonly result: View;
}

/**
 * Creates what finds out which properties a component reads, and so when it is to be rendered anew. `names` are those that
 * it has read; the selectors of one component share them.
 */
export function createSelector<View extends object>(names: Set<PropertyKey>): Selector<View> {
  let shown: Shown<View> | undefined;
  return (next) => {
    const view = shown ? keepEqual(shown.view, next) : next;
    const isRead = (name: PropertyKey) => names.has(name);
    if (shown && !namesOf(view).some((name) => isRead(name) && view[name] !== shown!.view[name])) {
      // What the component has not read so far, it reads from the latest.
      shown.view = view;
    } else {
      shown = watch(view, names);
    }
    return shown.result;
  };
}

function watch<View extends object>(view: View, names: Set<PropertyKey>): Shown<View> {
  const shown = { view, result: {} as View };
  for (const name of namesOf(view))
    Object.defineProperty(shown.result, name, {
      enumerable: true,
      get() {
        names.add(name);
        return shown.view[name];
      },
    });
  return shown;
}

/** The next view, with what is equal in it as it was before: lists and meta are made anew each time. */
function keepEqual<View extends object>(view: View, next: View): View {
  const kept = { ...next };
  for (const name of namesOf(next)) if (isEqual(view[name], next[name], 1)) kept[name] = view[name];
  return kept;
}

function namesOf<View extends object>(view: View): (keyof View)[] {
  // Views are made in one place each, with the same properties every time.
  return Object.keys(view) as (keyof View)[];
}
