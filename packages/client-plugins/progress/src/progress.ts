import {
  ClientError,
  definePlugin,
  perClient,
  type ClientScope,
  type Transport,
  type TransportRequest,
} from "@x/client";
import { sendCountingDownload } from "./download.ts";
import type { OnProgress } from "./transfer-progress.ts";
import { canStreamUploads, withCountedBody } from "./upload.ts";
import { sendByXhr } from "./xhr.ts";

/** Options of one request. */
export interface ProgressOptions {
  /** Is told how far the request's body is sent. */
  readonly onUploadProgress?: OnProgress | undefined;
  /** Is told how far the response's body has arrived. Failures are not followed. */
  readonly onDownloadProgress?: OnProgress | undefined;
}

/** Options of `progress`. */
export interface ProgressConfig {
  /**
   * Whether uploads to other origins that are followed in a browser carry cookies. They are not sent by `fetch`, and its
   * `credentials` do not hold for them. Default: `false`.
   */
  readonly withCredentials?: boolean | undefined;
}

/** What the plugin adds to the types of a client. */
export interface ProgressTypes {
  options: ProgressOptions;
}

/**
 * Tells how far uploads and downloads are. Downloads are counted on the client's own transport. Uploads are sent by
 * `XMLHttpRequest` in browsers, and as a stream elsewhere; where neither can be done, that is reported once.
 *
 * @example
 * ```ts
 * import { createClient } from "@x/client";
 * import { progress } from "@x/client-progress";
 *
 * const client = createClient({ baseUrl: "/api" }).use([progress()]);
 * await client.post("files", {
 *   body: new Blob(["…"]),
 *   onUploadProgress: ({ transferredBytes, totalBytes }) => console.log(transferredBytes, "of", totalBytes),
 * });
 * ```
 */
export function progress({ withCredentials = false }: ProgressConfig = {}) {
  const toldOf = perClient(() => ({ upload: false, download: false }));

  function tell(scope: ClientScope, direction: "upload" | "download", reason: string): void {
    const told = toldOf(scope);
    if (told[direction]) return;
    told[direction] = true;
    scope.report(
      new ClientError("PROGRESS_UNAVAILABLE", `the progress of an ${direction} cannot be told: ${reason}`, {
        plugin: "progress",
      }),
    );
  }

  /** A listener whose throws fail no transfer. */
  function guarded(scope: ClientScope, listener: OnProgress | undefined): OnProgress | undefined {
    return (
      listener &&
      ((current) => {
        try {
          listener(current);
        } catch (cause) {
          scope.report(
            new ClientError("LISTENER_THREW", "a listener of a transfer's progress threw", {
              plugin: "progress",
              cause,
            }),
          );
        }
      })
    );
  }

  function follow(scope: ClientScope, send: Transport, options: ProgressOptions): Transport {
    const onUpload = guarded(scope, options.onUploadProgress);
    const onDownload = guarded(scope, options.onDownloadProgress);
    return async (request) => {
      const uploads = onUpload && request.body !== undefined;
      if (uploads && sendsByXhr(request))
        return sendByXhr(request, { onUpload, onDownload }, withCredentials);
      let outgoing = request;
      if (uploads && canStreamUploads()) outgoing = withCountedBody(request, onUpload);
      else if (uploads)
        tell(scope, "upload", "this platform has no XMLHttpRequest for it, or its body is a stream");
      if (!onDownload) return send(outgoing);
      return sendCountingDownload(send, outgoing, onDownload, () =>
        tell(scope, "download", "the client's transport does not give its body as a stream"),
      );
    };
  }

  return definePlugin<ProgressTypes>()({
    name: "progress",
    // Outside of whatever sends again: each attempt is followed anew.
    priority: -5,

    middleware(context, next) {
      const { request, pluginOptions } = context;
      if (pluginOptions?.onUploadProgress || pluginOptions?.onDownloadProgress)
        request.transport = follow(context, request.transport, pluginOptions);
      return next();
    },
  });
}

function sendsByXhr({ body }: TransportRequest): boolean {
  return typeof XMLHttpRequest !== "undefined" && !(body instanceof ReadableStream);
}
