import type { Api } from "../api/define-api.ts";
import type { Func } from "../func/func.ts";
import { createRecordingLogger, type LoggedLine } from "../testing/recording-logger.ts";
import type { HttpEvent } from "../types.ts";
import { answer, type AnswerOptions } from "./answer.ts";
import type { HttpReply } from "./http-reply.ts";

/** A request of a test. Default: `POST /` without a body. */
export type AskedRequest = Partial<HttpEvent> &
  Pick<AnswerOptions, "signalSource" | "context" | "contract" | "deadline">;

/** A reply, read to its end. */
export interface Asked {
  readonly status: number;
  readonly headers: HttpReply["headers"];
  readonly text: string;
  /** `text` as JSON. */
  readonly json: unknown;
}

/** What the tests of this folder ask: `answer` as adapters call it, with the plugins exactly as code has them. */
export interface AskableApi {
  /** What went wrong, and all else that was logged. */
  readonly lines: readonly LoggedLine[];
  ask(request?: AskedRequest): Promise<Asked>;
  /** Sends a value as JSON. */
  post(value: unknown, headers?: Readonly<Record<string, string>>): Promise<Asked>;
  /** The reply as adapters get it. */
  reply(request?: AskedRequest): Promise<HttpReply>;
}

/** Makes an API that tests can ask. */
export function askApi(api: Func): AskableApi {
  const { logger, lines } = createRecordingLogger();
  const { methods = ["POST"], declarations } = api as Func & Partial<Pick<Api, "methods" | "declarations">>;
  api.attach({ name: "test", logger, mountTimeoutMs: 10_000, prepare: async (code) => code });
  const reply = async ({
    signalSource,
    context,
    contract,
    deadline,
    ...event
  }: AskedRequest = {}): Promise<HttpReply> =>
    answer(
      await api.toMounted(),
      { method: methods[0]!, path: "/", queryString: "", headers: {}, ...event },
      { methods, declarations, contract, deadline, signalSource, context },
    );
  const ask = async (request?: AskedRequest): Promise<Asked> => {
    const { status, headers, body } = await reply(request);
    // Bytes of any buffer can be read; the type says so of some alone.
    const text = await new Response(body as BodyInit | null).text();
    return {
      status,
      headers,
      text,
      get json() {
        return JSON.parse(text) as unknown;
      },
    };
  };
  const post = (value: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Asked> =>
    ask({ headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) });
  return { lines, ask, post, reply };
}
