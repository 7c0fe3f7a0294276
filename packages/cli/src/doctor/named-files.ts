import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Project } from "../project/open-project.ts";
import { listConfigFolders } from "./config-folders.ts";
import { permissiveEnvironment } from "../project/permissive-environment.ts";

/** Stages whose sections may name what the chosen one does not. */
const STAGES = ["development", "test", "testing", "staging", "production"];

/** The files that configuration names as the modules of plugins, in any stage, and which entries name each. */
export async function findNamedFiles({
  root,
  server,
  stage,
}: Project): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const named = new Map<string, Set<string>>();
  for (const each of new Set([stage, ...STAGES])) {
    const config = new server.ProjectConfig({ root, stage: each, env: permissiveEnvironment });
    for (const anyFile of listConfigFolders(root, server.CONFIG_FILE)) {
      // What is wrong with a layer is told in a place of its own.
      const resolved = await config.resolve(anyFile).catch(() => undefined);
      for (const { name, node, type } of resolved?.entries.values() ?? []) {
        const source = type === undefined ? undefined : server.parsePluginType(type);
        if (source?.kind !== "file") continue;
        const at = server.originOf(node, "type");
        const found = await server.locateFile(source.path, at.file === undefined ? root : dirname(at.file));
        if (found.kind !== "found") continue;
        const path = fileURLToPath(found.url);
        named.set(path, (named.get(path) ?? new Set()).add(name));
      }
    }
  }
  return named;
}
