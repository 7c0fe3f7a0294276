import {
  type InvokeData,
  type MountData,
  type Next,
  type Plugin,
  type PluginOptions,
  ServerError,
  type ConfigSchema,
  pluginConfigError,
} from "@x/server";
import type { AuthConfig, AuthOptions } from "./auth-config.ts";
import { authConfigSchema, PUBLIC_CONFIG } from "./auth-schema.ts";
import { type AuthSettings, toAuthSettings } from "./auth-settings.ts";
import { crossOriginToken, notAuthenticated, roleMissing, tokenInvalid } from "./challenge.ts";
import { createVerifier } from "./create-verifier.ts";
import { findFaults } from "./find-faults.ts";
import { mergeConfig } from "./merge-config.ts";
import { readRoles } from "./read-roles.ts";
import { readToken } from "./read-token.ts";
import type { TokenVerifier } from "./token-verifier.ts";
import type { CurrentUser, TokenClaims } from "./types.ts";

/** What a mounted plugin works with. */
interface Mounted {
  readonly settings: AuthSettings;
  readonly verify: TokenVerifier;
}

/**
 * Finds out who is calling. It checks the token of each request, puts the user on `data.current_user`, and refuses
 * with 401 or 403 before the handler runs. Jobs pass.
 *
 * @example
 * ```ts
 * import { defineApi } from "@x/server";
 * import { AuthPlugin } from "@x/server-auth";
 *
 * export default defineApi({
 *   plugins: [new AuthPlugin({ config: { secret: process.env["AUTH_SECRET"] ?? "" } })],
 *   handler: ({ current_user }) => ({ hello: current_user?.id }),
 * });
 * ```
 */
export class AuthPlugin implements Plugin {
  /** Checks `config`, and completes `faas.yaml` in editors. */
  static readonly configSchema: ConfigSchema<AuthConfig> = authConfigSchema;
  /** Everything but keys. */
  static readonly publicConfig: readonly string[] = PUBLIC_CONFIG;

  readonly type: string;
  readonly name: string;
  readonly #options: AuthOptions;
  // Private, as it holds keys: what prints a plugin does not print them.
  #config: AuthConfig;
  #mounting: Promise<Mounted> | undefined;
  #mounted: Mounted | undefined;

  constructor(options: AuthOptions = {}) {
    const { type = "auth", name = "auth", config } = options;
    this.type = type;
    this.name = name;
    this.#options = options;
    this.#config = config ?? {};
  }

  /** Lays what YAML and `api.config` say over what the constructor was given. */
  applyConfig({ config = {} }: PluginOptions): void {
    this.#config = mergeConfig(this.#config, config);
  }

  /** @throws ServerError `INVALID_CONFIG` with every fault of the configuration. */
  async onMount(_data: MountData, next: Next): Promise<void> {
    // One instance may serve several functions, which then share what it knows of its issuer's keys.
    this.#mounting ??= this.#mount();
    try {
      this.#mounted = await this.#mounting;
    } catch (error) {
      this.#mounting = undefined;
      throw error;
    }
    await next();
  }

  async onInvoke(data: InvokeData, next: Next): Promise<void> {
    if (data.context.runtime === "api") await this.#identify(data);
    await next();
  }

  async #mount(): Promise<Mounted> {
    const issues = findFaults(this.#config, this.#options);
    if (issues.length > 0) throw pluginConfigError(this.name, issues);
    const settings = toAuthSettings(this.#config);
    return { settings, verify: await createVerifier(this.name, settings, this.#options.verify) };
  }

  /** Puts the user on `data`, or nobody where nobody has to sign in. */
  async #identify(data: InvokeData): Promise<void> {
    // Whoever calls the hook by hand must not get past it.
    if (!this.#mounted)
      throw new ServerError("MOUNT_INCOMPLETE", `the plugin "${this.name}" is not mounted`, {
        plugins: [this.name],
      });
    const { settings, verify } = this.#mounted;
    const { required, roles, rolesClaim, realm, userField } = settings;
    const sent = readToken(data, settings);
    if (!sent || sent.isCrossOrigin) {
      if (required) throw sent ? crossOriginToken() : notAuthenticated(realm);
      return setNobody(data, userField);
    }

    const verdict = await verify(sent.value, data);
    const user = verdict.claims && (await this.#toUser(verdict.claims, data, rolesClaim));
    if (!verdict.claims || !user) {
      const reason = verdict.claims ? "it stands for no user" : verdict.reason;
      data.logger.debug({ reason, source: sent.source }, "a token was refused");
      // Whoever sends a header means it, and must learn that it is no good. A cookie comes unasked: where nobody has to
      // sign in, an expired one must not lock its owner out.
      if (required || sent.source === "header") throw tokenInvalid(realm);
      return setNobody(data, userField);
    }

    const held = readRoles(verdict.claims, rolesClaim);
    if (roles.length > 0 && !roles.some((role) => held.includes(role))) throw roleMissing(realm);
    Object.assign(data, { [userField]: user });
  }

  #toUser(claims: TokenClaims, data: InvokeData, rolesClaim: readonly string[]) {
    const { mapUser } = this.#options;
    if (mapUser) return mapUser(claims, data);
    const { sub } = claims;
    if (typeof sub !== "string" || sub === "") return undefined;
    // Without `mapUser` it is the user of a token, whatever type an application has chosen for its own.
    return { id: sub, roles: readRoles(claims, rolesClaim), claims } as CurrentUser;
  }
}

/** Leaves alone whom another instance has put there. */
function setNobody(data: InvokeData, userField: string): void {
  if (!(userField in data)) Object.assign(data, { [userField]: null });
}
