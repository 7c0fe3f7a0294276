import { misuse } from "./misuse.ts";
import type { ErasedStep, Link, Returned } from "./run.ts";
import { toPromise } from "./to-promise.ts";

/** How many steps `linkBlock` can hold. */
export const BLOCK_SIZE = 10;

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
    let r0: unknown, r1: unknown, r2: unknown, r3: unknown, r4: unknown;
    let r5: unknown, r6: unknown, r7: unknown, r8: unknown, r9: unknown;
    const outer = run.report;
    // One line in and one line out for each step, all alike; a step that a short block lacks gives way to `rest`.
    // prettier-ignore
    return r0 = s0!(context, run.report = (asker?: unknown) => { if (at !== 0 || run.settled) return asker === run ? (() => [...(outer(run) as Returned[]), ...[r0, r1, r2, r3, r4, r5, r6, r7, r8, r9].map((value, number): Returned => [from + number, value])] as never)() : misused(0, at); at = 1; try { return toPromise(s1 ?
      (r1 = s1(context, () => { if (at !== 1 || run.settled) return misused(1, at); at = 2; try { return toPromise(s2 ?
      (r2 = s2(context, () => { if (at !== 2 || run.settled) return misused(2, at); at = 3; try { return toPromise(s3 ?
      (r3 = s3(context, () => { if (at !== 3 || run.settled) return misused(3, at); at = 4; try { return toPromise(s4 ?
      (r4 = s4(context, () => { if (at !== 4 || run.settled) return misused(4, at); at = 5; try { return toPromise(s5 ?
      (r5 = s5(context, () => { if (at !== 5 || run.settled) return misused(5, at); at = 6; try { return toPromise(s6 ?
      (r6 = s6(context, () => { if (at !== 6 || run.settled) return misused(6, at); at = 7; try { return toPromise(s7 ?
      (r7 = s7(context, () => { if (at !== 7 || run.settled) return misused(7, at); at = 8; try { return toPromise(s8 ?
      (r8 = s8(context, () => { if (at !== 8 || run.settled) return misused(8, at); at = 9; try { return toPromise(s9 ?
      (r9 = s9(context, () => { if (at !== 9 || run.settled) return misused(9, at); at = 10; try { return toPromise(
        rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } }))
      : rest(context, run)); } catch (error) { return Promise.reject(error); } });
  };
}
