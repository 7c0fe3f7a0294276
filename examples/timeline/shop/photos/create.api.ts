import { defineApi } from "@x/server";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/** About as long as it takes to make a thumbnail. */
const WORK_MS = 30;

export default defineApi({
  schema: z.object({ photo: z.instanceof(File) }),
  async handler({ params: { photo }, signal, setStatusCode }) {
    await sleep(WORK_MS, undefined, { signal });
    setStatusCode(201);
    return { name: photo.name, bytes: photo.size };
  },
});
