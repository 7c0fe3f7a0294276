/** Says in a request by which hash of an API's contract it was made. */
export const CONTRACT_HEADER = "api-contract";

/** Says which of the errors that an API declares a failure is. */
export const ERROR_HEADER = "api-error";

/** Lists the tags of what a success was made from. */
export const READS_HEADER = "api-reads";

/** Lists the tags of what a success has changed. */
export const WRITES_HEADER = "api-writes";
