const HEAD_END = "\r\n\r\n";
const CHUNKED_END = "\r\n0\r\n\r\n";

/** A whole response, read no further than a load needs it. */
export interface WireResponse {
  readonly status: number;
  /** The status line and the headers. */
  readonly head: string;
  /** As sent: the chunks of a chunked body still have their frames. */
  readonly body: Buffer;
}

/**
 * Puts the responses of one connection together, one request at a time. It knows the bodies of this suite alone, and
 * costs next to nothing: whatever it took of the processor, the servers would not have.
 */
export class ResponseReader {
  #pieces: Buffer[] = [];
  #length = 0;
  /** The last characters that have arrived, as many as an end has. */
  #tail = "";
  #head: string | undefined;
  /** Where a body of known length ends. */
  #end: number | undefined;

  /** Takes what has arrived. Gives the response once it is whole. */
  push(piece: Buffer): WireResponse | undefined {
    this.#pieces.push(piece);
    this.#length += piece.length;
    const last = piece.toString("latin1", Math.max(0, piece.length - CHUNKED_END.length));
    this.#tail = (this.#tail + last).slice(-CHUNKED_END.length);
    if (this.#head === undefined) this.#readHead();
    if (this.#head === undefined || !this.#isWhole()) return undefined;

    const head = this.#head;
    const body = this.#joined().subarray(head.length + HEAD_END.length);
    this.#pieces = [];
    this.#length = 0;
    this.#tail = "";
    this.#head = undefined;
    // After `HTTP/1.1 `.
    return { status: Number(head.slice(9, 12)), head, body };
  }

  #readHead(): void {
    const bytes = this.#joined();
    const headEnd = bytes.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = bytes.toString("latin1", 0, headEnd);
    const length = /\ncontent-length: (\d+)/i.exec(head)?.[1];
    this.#head = head;
    this.#end = length === undefined ? undefined : headEnd + HEAD_END.length + Number(length);
  }

  #isWhole(): boolean {
    if (this.#end !== undefined) return this.#length >= this.#end;
    // The body of a stream has no such end in its midst.
    return this.#tail === CHUNKED_END;
  }

  #joined(): Buffer {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces)];
    return this.#pieces[0]!;
  }
}

/** A body without the frames of its chunks. */
export function withoutFrames({ head, body }: WireResponse): Buffer {
  if (!/\ntransfer-encoding: chunked/i.test(head)) return body;
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const sizeEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, sizeEnd), 16);
    if (size === 0) return Buffer.concat(chunks);
    const start = sizeEnd + 2;
    chunks.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}
