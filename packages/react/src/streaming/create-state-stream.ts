import type { DehydratedState } from "@x/client";
import { DEFAULT_STATE_NAME } from "./state-name.ts";

/** Options of `createStateStream`. */
export interface StateStreamOptions {
  /** Of the scripts, where the page has a Content Security Policy that asks for it. */
  readonly nonce?: string | undefined;
  /** The global by which the page receives the state: another one for each of its clients. Default: `clientState`. */
  readonly name?: string | undefined;
}

/**
 * Creates a stream for the HTML that React renders, which adds the state that the client has come to have meanwhile: as
 * scripts, each before the HTML that was rendered from it. `receiveState` takes it in the browser.
 *
 * @example
 * ```tsx
 * import { createClient } from "@x/client";
 * import { createStateStream } from "@x/react/streaming";
 * import { renderToReadableStream } from "react-dom/server";
 *
 * export async function answer(identity: string, page: React.ReactNode): Promise<Response> {
 *   const client = createClient({ baseUrl: "https://api.example", identity });
 *   const html = await renderToReadableStream(page, { bootstrapModules: ["/main.js"] });
 *   return new Response(html.pipeThrough(createStateStream(client)), { headers: { "content-type": "text/html" } });
 * }
 * ```
 */
export function createStateStream(
  client: { readonly dehydrate: () => DehydratedState },
  { nonce, name = DEFAULT_STATE_NAME }: StateStreamOptions = {},
): TransformStream<Uint8Array, Uint8Array> {
  const news = createNews(client);
  let buffered: Uint8Array[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let begun = false;

  function script(): string {
    const state = news();
    if (!state) return "";
    // Inside of a script nothing but this could end it, and inside of JSON only text has it.
    const json = JSON.stringify(state).replaceAll("<", String.raw`\u003c`);
    const attribute = nonce === undefined ? "" : ` nonce="${nonce.replaceAll('"', "&quot;")}"`;
    return `<script${attribute}>(self[${JSON.stringify(name)}]??=[]).push(${json})</script>`;
  }

  /** Sends what React has written at once. Between two such writings the HTML may have something added. */
  function send(controller: TransformStreamDefaultController<Uint8Array>): void {
    clearTimeout(timer);
    timer = undefined;
    if (buffered.length === 0) return;
    const html = decode(buffered);
    buffered = [];
    const at = begun ? 0 : placeIn(html);
    begun = true;
    const bytes = new TextEncoder().encode(html.slice(0, at) + script() + html.slice(at));
    try {
      controller.enqueue(bytes);
    } catch {
      // Whoever was to read it has left meanwhile, which is no fault of anybody's.
    }
  }

  return new TransformStream({
    transform(chunk, controller) {
      buffered.push(chunk);
      timer ??= setTimeout(() => send(controller));
    },
    flush: send,
  });
}

/** Gives what the client has come to have since it was last asked. */
function createNews({ dehydrate }: { readonly dehydrate: () => DehydratedState }) {
  const told = new Map<string, DehydratedState["entries"][number]["state"]>();
  return (): DehydratedState | undefined => {
    const { entries, ...whose } = dehydrate();
    const news = entries.filter(({ key, state }) => told.get(key) !== state);
    for (const { key, state } of news) told.set(key, state);
    return news.length > 0 ? { ...whose, entries: news } : undefined;
  };
}

/** Where the first HTML takes a script: a document in its head, for its doctype and `<html>` come first. */
function placeIn(html: string): number {
  const endOfHead = html.indexOf("</head>");
  if (endOfHead >= 0) return endOfHead;
  return /^<(?:!doctype|html)/i.test(html) ? html.length : 0;
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}
