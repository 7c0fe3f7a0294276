/** Native promises as they are, thenables adopted, values wrapped. Several times faster than `Promise.resolve`. */
export function toPromise<Value>(value: Value | PromiseLike<Value>): Promise<Value> {
  return value instanceof Promise ? value : Promise.resolve(value);
}
