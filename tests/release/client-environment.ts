import { delimiter, dirname, join } from "node:path";
import { ROOT } from "../../tooling/workspace.ts";
import type { Rehearsal } from "./rehearsal.ts";

// What a user, a git hook, a script runner or CI may have set, and what would change where packages come from, go to
// or are signed with.
const FOREIGN = /^(npm_|pnpm_config_|git_|node_(options|path|env)$|vitest|actions_id_token|.*_proxy$)/i;

/**
 * The environment in which npm, pnpm, git and changesets run: the user's programs, but none of the user's
 * configuration, and the rehearsal's registry.
 */
export function clientEnvironment({ folder, registryUrl }: Rehearsal): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return {
    ...Object.fromEntries(inherited),
    // changesets formats changelogs with the workspace's formatter, and the copied tree has no node_modules.
    PATH: [dirname(process.execPath), join(ROOT, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
    XDG_CONFIG_HOME: join(folder, "config"),
    npm_config_userconfig: join(folder, "npmrc"),
    npm_config_globalconfig: join(folder, "no-global-npmrc"),
    npm_config_cache: join(folder, "npm-cache"),
    npm_config_registry: registryUrl,
    npm_config_audit: "false",
    npm_config_fund: "false",
    npm_config_update_notifier: "false",
    pnpm_config_registry: registryUrl,
    pnpm_config_store_dir: join(folder, "pnpm-store"),
    pnpm_config_cache_dir: join(folder, "pnpm-cache"),
    pnpm_config_state_dir: join(folder, "pnpm-state"),
    // Otherwise a package finds what others depend on, and a forgotten dependency goes unnoticed.
    pnpm_config_hoist: "false",
    // The release under test is seconds old.
    pnpm_config_minimum_release_age: "0",
    // The pnpm at hand does, and the copied tree stays as it is.
    pnpm_config_pm_on_fail: "ignore",
    pnpm_config_verify_deps_before_run: "false",
    // Only the real release, in CI, can sign.
    pnpm_config_provenance: "false",
    GIT_CONFIG_GLOBAL: join(folder, "no-gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "rehearsal",
    GIT_AUTHOR_EMAIL: "rehearsal@localhost",
    GIT_COMMITTER_NAME: "rehearsal",
    GIT_COMMITTER_EMAIL: "rehearsal@localhost",
  };
}
