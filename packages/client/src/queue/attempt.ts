import type { ClientResponse } from "../request/response.ts";

/** A request that is under way or to come. Whatever becomes of it, who waits for it is told. */
export interface Attempt {
  readonly done: Promise<ClientResponse>;
  end(response: ClientResponse): void;
}

export function createAttempt(): Attempt {
  let end: Attempt["end"] = () => {};
  const done = new Promise<ClientResponse>((resolve) => {
    end = resolve;
  });
  return { done, end };
}
