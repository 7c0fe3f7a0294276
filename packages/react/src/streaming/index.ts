export { createStateStream, type StateStreamOptions } from "./create-state-stream.ts";
export { receiveState } from "./receive-state.ts";
