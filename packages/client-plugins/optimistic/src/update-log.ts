import { ClientError, type ClientScope, type EntryView, type PlacedView } from "@x/client";

/** The updates of one key that the stored data does not hold yet. */
export interface UpdateLog {
  /** Shows an update over all others of the key. */
  apply(update: Update): AppliedUpdate;
}

/** Makes new data of data. `saved` is what the server answered, once it has. */
export type Update = (data: unknown, saved?: unknown) => unknown;

/** An update of a write that is under way. */
export interface AppliedUpdate {
  /** The server has done it: it stays until data that was asked for later brings it. */
  confirm(saved: unknown): void;
  /** Takes back this update and no other. `unsure` is whether the server may have done it all the same. */
  takeBack(unsure: boolean): void;
}

interface Entry {
  update: Update;
  saved: unknown;
  /** The mark after which data that is asked for holds the update. */
  confirmedAt: number | undefined;
  /** The age of the stored data that the update was last known not to be in. */
  asOf: number;
}

/** Opens the log of a key, as a view over it. `onEnd` is called when nothing is left in it. */
export function createUpdateLog(scope: ClientScope, queryKey: string, onEnd: () => void): UpdateLog {
  const { stateManager, eventEmitter } = scope;
  let entries: readonly Entry[] = [];
  /** The age of the stored data. */
  let asOf = 0;
  let ended = false;
  /** What the confirmed updates at the head of the log made of the stored data: that is not to be done each time. */
  let head: { readonly from: unknown; readonly asOf: number; length: number; data: unknown } | undefined;

  const isConfirmed = (entry: Entry | undefined) => entry?.confirmedAt !== undefined;
  const isStored = ({ confirmedAt }: Entry) => confirmedAt !== undefined && confirmedAt <= asOf;

  const view: EntryView = {
    show(data, age) {
      asOf = age;
      if (!head || !Object.is(head.from, data) || head.asOf !== age)
        head = { from: data, asOf: age, length: 0, data };
      for (; isConfirmed(entries[head.length]); head.length += 1)
        head.data = replay(head.data, entries[head.length]!);
      return entries.slice(head.length).reduce(replay, head.data);
    },
    get meta() {
      return { isOptimistic: !entries.every(isConfirmed) };
    },
  };
  let placed: PlacedView | undefined;
  const stopListening = stateManager.subscribe(queryKey, (entry) => {
    // Without data the view lies there still, unless the state was cleared: nothing of it belongs to what comes then.
    if (!entry && !placed?.refresh()) keep([]);
    else settle(entry !== undefined);
  });

  function replay(data: unknown, entry: Entry): unknown {
    if (isStored(entry)) return data;
    try {
      return entry.update(data, entry.saved);
    } catch (cause) {
      entry.update = (same) => same;
      scope.report(
        new ClientError("UPDATE_THREW", `an optimistic update of ${queryKey} threw, and is not shown`, {
          plugin: "optimistic",
          cause,
        }),
      );
      return data;
    }
  }

  /** Lets go of what the stored data holds by now, and asks again where nobody can tell. */
  function settle(known: boolean): void {
    const left = entries.filter((entry) => !isStored(entry) && (known || !isConfirmed(entry)));
    if (left.length < entries.length) keep(left);
    // The stored data was asked for before the write was confirmed, and arrived after it had been sent: it may hold
    // what the write has done, or not.
    const doubtful = entries.filter((entry) => isConfirmed(entry) && entry.asOf !== asOf);
    for (const entry of doubtful) entry.asOf = asOf;
    if (doubtful.length > 0) askAgain();
  }

  function keep(left: readonly Entry[]): void {
    entries = left;
    head = undefined;
    if (left.length > 0 || ended) return;
    ended = true;
    stopListening();
    stateManager.setMeta(queryKey, { isOptimistic: false });
    placed?.remove();
    onEnd();
  }

  function askAgain(): void {
    stateManager.setCache(queryKey, { stale: true });
    eventEmitter.emit("refetch", { queryKey });
  }

  const hasData = () => stateManager.getCache(queryKey) !== undefined;

  return {
    apply(update) {
      const entry: Entry = { update, saved: undefined, confirmedAt: undefined, asOf };
      entries = [...entries, entry];
      if (placed) placed.refresh();
      else placed = stateManager.addView(queryKey, view);
      entry.asOf = asOf;
      return {
        confirm(saved) {
          if (!entries.includes(entry)) return;
          entry.saved = saved;
          entry.confirmedAt = stateManager.mark();
          placed?.refresh();
          settle(hasData());
        },
        takeBack(unsure) {
          if (!entries.includes(entry)) return;
          keep(entries.filter((other) => other !== entry));
          placed?.refresh();
          if (unsure && hasData()) stateManager.setCache(queryKey, { stale: true });
        },
      };
    },
  };
}
