import { defineConfigSchema } from "../../config-schema/define-config-schema.ts";
import { type ConfigIssue, findConfigIssues } from "../../config-schema/find-config-issues.ts";
import type { CookieOptions } from "../../types.ts";
import type { HttpConfig } from "./http-config.ts";
import { httpShape } from "./http-shape.ts";

/** Checks the `http` plugin's configuration, and describes it to editors. */
export const httpConfigSchema = defineConfigSchema<HttpConfig>(httpShape, findContradictions);

/** Everything that is wrong with a configuration. */
export function findHttpConfigIssues(config: HttpConfig | null | undefined): readonly ConfigIssue[] {
  const issues = findConfigIssues(httpShape, config);
  // What goes together is judged once each part is what it should be.
  return issues.length > 0 ? issues : findContradictions(config ?? {});
}

function findContradictions({ cookie, session, cors }: HttpConfig): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  if (cors?.credentials && [cors.origins].flat().includes("*"))
    issues.push({
      path: ["cors", "credentials"],
      message: 'cannot be allowed for the origin "*", which is everybody: list the origins',
    });
  for (const [index, origin] of [cors?.origins ?? []].flat().entries())
    if (/^https?:\/\/[^*]+$/.test(origin) && !isOrigin(origin))
      issues.push({
        path: ["cors", "origins", String(index)],
        message: "is not how browsers write an origin: leave out the default port",
      });
  if (session?.secret && session.secrets)
    issues.push({ path: ["session", "secret"], message: 'stands beside "secrets": keep one of them' });
  if (isDropped({ ...cookie })) issues.push({ path: ["cookie", "sameSite"], message: INSECURE });
  if (isDropped({ ...cookie, ...session?.cookie }))
    issues.push({ path: ["session", "cookie", "sameSite"], message: INSECURE });
  return issues;
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

const INSECURE = "is none, which browsers take of secure cookies alone: set secure to true";

function isDropped({ secure, sameSite }: CookieOptions): boolean {
  return secure === false && sameSite === "none";
}
