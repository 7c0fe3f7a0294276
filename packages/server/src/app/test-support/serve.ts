import { onTestFinished } from "vitest";
import { createRecordingLogger, type LoggedLine } from "../../testing/recording-logger.ts";
import type { App, AppOptions, Listening, ListenOptions } from "../app-types.ts";
import { createApp } from "../create-app.ts";

/** An app of one test. */
export interface TestApp {
  readonly app: App;
  readonly lines: readonly LoggedLine[];
}

/** Makes an app that is closed after the test. */
export function createTestApp(options: AppOptions): TestApp {
  const { logger, lines } = createRecordingLogger();
  const app = createApp({ logger, ...options });
  onTestFinished(() => app.close({ graceMs: 0 }));
  return { app, lines };
}

/** Has an app listen at a free port, without a part in the signals of the process. */
export async function serve(
  options: AppOptions,
  listen: ListenOptions = {},
): Promise<TestApp & { readonly server: Listening }> {
  const tested = createTestApp(options);
  const server = await tested.app.listen({ port: 0, signals: false, mount: false, ...listen });
  return { ...tested, server };
}

/** Asks an app without a server. */
export function get(app: App, path: string, init?: RequestInit): Promise<Response> {
  return app.fetch(new Request(`http://localhost${path}`, init));
}
