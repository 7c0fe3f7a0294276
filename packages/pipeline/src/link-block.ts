import { misuse } from "./misuse.ts";
import type { ErasedStep, Link, NextCall } from "./run.ts";
import { toPromise } from "./to-promise.ts";

/** How many steps `linkBlock` can hold. */
export const BLOCK_SIZE = 10;

/** What a step's `next()` returned, once it was called. */
type Called = NextCall[1];

/**
 * Links up to `BLOCK_SIZE` steps, of which the first has position `from`, to the `rest` of the chain.
 *
 * Every step has a call site of its own: the JIT inlines what it keeps seeing there, where one shared call
 * site would see every step of every chain. The counter is an exact guard: a step starts when `at` reaches
 * its number, and only its own `next` takes `at` further, so `at` tells whether that `next` was called.
 */
export function linkBlock(steps: readonly ErasedStep[], from: number, rest: Link): Link {
  const [s0, s1, s2, s3, s4, s5, s6, s7, s8, s9] = steps.map((step) => step.run);
  const misused = (number: number, at: number) => misuse(steps[number]!, from + number, at > number);

  return (context, run) => {
    let at = 0;
    // What each step's `next()` returned, for the search after a culprit when the run has failed.
    let n0: Called, n1: Called, n2: Called, n3: Called, n4: Called;
    let n5: Called, n6: Called, n7: Called, n8: Called, n9: Called;
    const outer = run.report;
    // Not assigned to the run at once: V8 takes a function that is born into a property for one that will live long, and
    // allocates it, and with it the run, where only a full collection finds it.
    // One line in and one line out for each step, all alike; a step that a short block lacks gives way to `rest`.
    // prettier-ignore
    const next = (asker?: unknown) => { if (at !== 0 || run.settled) return asker === run ? (() => [...(outer(run) as NextCall[]), ...[n0, n1, n2, n3, n4, n5, n6, n7, n8, n9].map((promise, number): NextCall => [from + number, promise])] as never)() : misused(0, at); at = 1; try { return n0 = toPromise(s1 ?
      s1(context, () => { if (at !== 1 || run.settled) return misused(1, at); at = 2; try { return n1 = toPromise(s2 ?
      s2(context, () => { if (at !== 2 || run.settled) return misused(2, at); at = 3; try { return n2 = toPromise(s3 ?
      s3(context, () => { if (at !== 3 || run.settled) return misused(3, at); at = 4; try { return n3 = toPromise(s4 ?
      s4(context, () => { if (at !== 4 || run.settled) return misused(4, at); at = 5; try { return n4 = toPromise(s5 ?
      s5(context, () => { if (at !== 5 || run.settled) return misused(5, at); at = 6; try { return n5 = toPromise(s6 ?
      s6(context, () => { if (at !== 6 || run.settled) return misused(6, at); at = 7; try { return n6 = toPromise(s7 ?
      s7(context, () => { if (at !== 7 || run.settled) return misused(7, at); at = 8; try { return n7 = toPromise(s8 ?
      s8(context, () => { if (at !== 8 || run.settled) return misused(8, at); at = 9; try { return n8 = toPromise(s9 ?
      s9(context, () => { if (at !== 9 || run.settled) return misused(9, at); at = 10; try { return n9 = toPromise(
        rest(context, run)); } catch (error) { return n9 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n8 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n7 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n6 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n5 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n4 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n3 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n2 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n1 = Promise.reject(error); } })
      : rest(context, run)); } catch (error) { return n0 = Promise.reject(error); } };
    run.report = next;
    return s0!(context, next);
  };
}
