// What the plugins that faas.yaml names put on `data`.
import type {} from "@x/server-auth";
