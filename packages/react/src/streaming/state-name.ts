/** The global under which a page's scripts leave the state of its client. */
export const DEFAULT_STATE_NAME = "clientState";
