// What the plugins that faas.yaml names put on `data`.
export type { AuthTypes } from "@x/server-auth";
