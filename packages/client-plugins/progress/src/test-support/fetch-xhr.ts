/** As much of `XMLHttpRequest` as the plugin uses, on top of `fetch`: it tells of uploads in two steps. */
export class FetchXhr extends EventTarget {
  static readonly made: FetchXhr[] = [];
  readonly upload = new EventTarget();
  responseType = "";
  withCredentials = false;
  status = 0;
  response: ArrayBuffer = new ArrayBuffer(0);
  readonly #headers: Record<string, string> = {};
  readonly #controller = new AbortController();
  #method = "";
  #url = "";
  #received = "";

  constructor() {
    super();
    FetchXhr.made.push(this);
  }

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }

  getAllResponseHeaders(): string {
    return this.#received;
  }

  abort(): void {
    this.#controller.abort();
  }

  send(body: NonNullable<RequestInit["body"]>): void {
    const total = new Blob([String(body)]).size;
    const tell = (loaded: number) =>
      this.upload.dispatchEvent(progressEvent({ loaded, total, lengthComputable: true }));
    tell(Math.floor(total / 2));
    void fetch(this.#url, {
      method: this.#method,
      headers: this.#headers,
      body,
      signal: this.#controller.signal,
    })
      .then(async (response) => {
        tell(total);
        this.#received = Array.from(response.headers, ([name, value]) => `${name}: ${value}\r\n`).join("");
        this.status = response.status;
        this.response = await response.arrayBuffer();
        const loaded = this.response.byteLength;
        this.dispatchEvent(progressEvent({ loaded, total: 0, lengthComputable: false }));
        this.dispatchEvent(new Event("load"));
      })
      .catch(() => {
        if (!this.#controller.signal.aborted) this.dispatchEvent(new Event("error"));
      })
      .finally(() => this.dispatchEvent(new Event("loadend")));
  }
}

/** Not every platform has a class for it. */
function progressEvent(fields: object): Event {
  return Object.assign(new Event("progress"), fields);
}
