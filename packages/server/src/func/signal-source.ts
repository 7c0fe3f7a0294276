/** Gives the signal of an invoke. It is asked at most once, and not at all where nobody reads the signal. */
export type SignalSource = () => AbortSignal;

/** For invokes that nothing can abort. A signal of their own, so that no listener outlives the invoke. */
export const neverAborts: SignalSource = () => new AbortController().signal;

/** One signal for the caller's abort and for the deadline, whichever comes first. */
export function toSignalSource(signal: AbortSignal | undefined, deadline: number | undefined): SignalSource {
  if (deadline === undefined) return signal ? () => signal : neverAborts;
  return () => {
    const timeout = AbortSignal.timeout(Math.max(0, deadline - Date.now()));
    return signal ? AbortSignal.any([signal, timeout]) : timeout;
  };
}
