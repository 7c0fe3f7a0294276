import { createApp } from "@x/server";

/** Serves the API files of a folder beside the compiled modules, of which this is one by then. */
export async function listenToFiles(folder: string): Promise<number> {
  const root = new URL(folder, import.meta.url);
  const { port } = await createApp({ root }).listen({ port: 0, host: "127.0.0.1" });
  return port;
}
