import type { MiddlewareStep, PluginResponse, RequestContext } from "@x/client";
import type { Curtain } from "./curtain.ts";
import type { Recorder } from "./recorder.ts";

type Answer = PluginResponse | PromiseLike<PluginResponse>;

/** Where a request is. */
interface Place {
  readonly name: string;
  readonly hook: string;
  readonly position: number;
}

/**
 * Wraps the steps of a chain so that the recorder is told of each, and of the core inside of them.
 *
 * A wrapped step gives the very promise that the step gave. `observeSteps` of `@x/pipeline` gives one of its own, which
 * settles a few ticks later: enough for two answers that arrive together to change places.
 */
export function followSteps(
  steps: readonly MiddlewareStep[],
  recorder: Recorder,
  curtain: Curtain,
  onStart: (context: RequestContext) => void,
): MiddlewareStep[] {
  const core: Place = { name: "core", hook: "core", position: steps.length };

  function follow(
    context: RequestContext,
    place: Place,
    run: () => Answer,
    hasCalledNext: () => boolean,
  ): Answer {
    const { requestId } = recorder.identify(context);
    const { clock } = context;
    const facts = { requestId, stepId: recorder.nextStepId(), ...place };
    const startedAt = clock.now();
    recorder.record(() => ({ type: "step-start", ...facts }));
    const end = (failure?: { readonly thrown: unknown }) =>
      recorder.record(() => ({
        type: "step-end",
        ...facts,
        outcome: failure ? "threw" : hasCalledNext() ? "returned" : "early",
        durationMs: clock.now() - startedAt,
        ...(failure ? { error: curtain.error(failure.thrown) } : {}),
      }));

    let answer: Answer;
    try {
      answer = run();
    } catch (thrown) {
      end({ thrown });
      throw thrown;
    }
    if (!isThenable(answer)) {
      end();
      return answer;
    }
    // The engine would make a promise of it in just this way; a thenable is not asked twice.
    const promise = answer instanceof Promise ? answer : Promise.resolve(answer);
    promise.then(
      () => end(),
      (thrown: unknown) => end({ thrown }),
    );
    return promise;
  }

  const sends = () => true;
  // Without any step there would be nothing to hear of a request by.
  if (steps.length === 0)
    return [
      {
        name: "devtools",
        hook: "middleware",
        run(context, next) {
          onStart(context);
          return follow(context, core, next, sends);
        },
      },
    ];

  return steps.map(({ run, ...step }, position) => ({
    ...step,
    run(context, next) {
      if (position === 0) onStart(context);
      let calledNext = false;
      const isLast = position === steps.length - 1;
      const proceed = () => {
        calledNext = true;
        // It is a promise, for `next` gives one.
        return isLast ? (follow(context, core, next, sends) as ReturnType<typeof next>) : next();
      };
      const place = { name: step.name, hook: step.hook ?? "middleware", position };
      return follow(
        context,
        place,
        () => run(context, proceed),
        () => calledNext,
      );
    },
  }));
}

function isThenable(answer: Answer): answer is PromiseLike<PluginResponse> {
  return typeof (answer as Partial<PromiseLike<unknown>> | undefined)?.then === "function";
}
