/** What the demo does, and what must come of it. */
export const SCRIPT = [
  {
    says: "A read goes through the client's plugins, over HTTP, through the server's, and back.",
    line: "list",
    status: 200,
  },
  { says: "The same again: the client's cache answers, and nothing is sent.", line: "list", status: 200 },
  {
    says: "A write by nobody: the server's auth plugin lets it pass, the handler refuses it.",
    line: "order tea 3",
    status: 401,
  },
  {
    says: "Ada signs in. From now on the client's bearer plugin sends her token.",
    line: "sign-in ada lovelace",
    status: 200,
  },
  { says: "The same write by Ada.", line: "order tea 3", status: 201 },
  { says: "What does not fit the schema is refused with every fault.", line: "order milk 0", status: 400 },
  {
    says: "What a server plugin throws reaches the client as its own words.",
    line: "order coffee 50",
    status: 409,
  },
  {
    says: "A deeper faas.yaml asks for a role: the auth plugin stops Ada before the handler.",
    line: "report",
    status: 403,
  },
  { says: "Grace has the role.", line: "sign-in grace hopper", status: 200 },
  { says: "And she may read the report.", line: "report", status: 200 },
] as const;
