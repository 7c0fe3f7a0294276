export type { CreatePlugin, PluginContractOptions } from "./contract/contract-options.ts";
export type { PluginCheck, PluginCheckId } from "./contract/plugin-check.ts";
export { serverPluginContract } from "./contract/server-plugin-contract.ts";
export { createTestApp } from "./create-test-app.ts";
export { createRecordingLogger, type LoggedLine, type RecordingLogger } from "./recording-logger.ts";
export { createTestProject, type TestProject, type TestProjectOptions } from "./create-test-project.ts";
export { silentLogger } from "./silent-logger.ts";
export { testApi, type TestApiOptions, type TestHandler, type TestRequest } from "./test-api.ts";
export type { TestError, TestResponse } from "./read-reply.ts";
