import type { ServerModule } from "../server-module.ts";
import { listenToFiles } from "./listen-to-files.ts";

/** One GET on `@x/server`, the route found as a file of JavaScript. */
export const { listen }: ServerModule = { listen: () => listenToFiles("routes/") };
