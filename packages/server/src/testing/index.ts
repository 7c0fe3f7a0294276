export { createTestApp } from "./create-test-app.ts";
export { createRecordingLogger, type LoggedLine, type RecordingLogger } from "./recording-logger.ts";
export { createTestProject, type TestProject, type TestProjectOptions } from "./create-test-project.ts";
export { silentLogger } from "./silent-logger.ts";
export { testApi, type TestApiOptions, type TestHandler, type TestRequest } from "./test-api.ts";
export type { TestError, TestResponse } from "./read-reply.ts";
