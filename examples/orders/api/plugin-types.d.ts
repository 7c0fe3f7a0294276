// What the plugins that faas.yaml names put on `data`.
export type { AuthTypes } from "@x/server-auth";
export type { Tables } from "@x/server-pg";
export type { EventsPlugin } from "./plugins/events.ts";
export type { FilesPlugin } from "./plugins/files.ts";
export type { JobsPlugin } from "./plugins/jobs.ts";
export type { StepsPlugin } from "./plugins/steps.ts";
export type { TenantPlugin } from "./plugins/tenant.ts";
