// What the plugins that faas.yaml names put on `data`.
export type { AuthTypes } from "@x/server-auth";
export type { DatabasePlugin } from "./plugins/database.ts";
export type { StepsPlugin } from "./plugins/steps.ts";
export type { TenantPlugin } from "./plugins/tenant.ts";
