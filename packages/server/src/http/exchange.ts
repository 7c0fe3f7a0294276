import type { Cookies, HttpEvent, HttpHeaders, Session } from "../types.ts";
import type { HttpSettings } from "./config/http-settings.ts";
import { CookieJar } from "./cookies/cookie-jar.ts";
import { ReplyDraft } from "./reply/reply-draft.ts";
import { SealedSession } from "./session/sealed-session.ts";

const NO_HEADERS: HttpHeaders = {};

/** What one request's plugins and handler do to its reply. It is made once one of them does something. */
export class Exchange {
  readonly draft = new ReplyDraft();
  readonly settings: HttpSettings;
  /** The request's. */
  readonly method: string;
  /** The request's. */
  readonly headers: HttpHeaders;
  #cookies: CookieJar | undefined;
  #session: SealedSession | undefined;

  constructor(event: Partial<HttpEvent>, settings: HttpSettings) {
    this.settings = settings;
    this.method = event.method ?? "POST";
    this.headers = event.headers ?? NO_HEADERS;
  }

  get cookies(): Cookies {
    return this.#openJar();
  }

  get session(): Session {
    return (this.#session ??= new SealedSession(this.#openJar(), this.settings.session));
  }

  /** Whether `seal()` may have something to do. */
  get needsSeal(): boolean {
    return this.#session !== undefined;
  }

  /** Seals a session that has changed into a cookie. */
  async seal(): Promise<void> {
    await this.#session?.seal();
  }

  /** One line a cookie that was set. */
  get setCookieLines(): readonly string[] {
    return this.#cookies?.lines ?? [];
  }

  #openJar(): CookieJar {
    return (this.#cookies ??= new CookieJar(this.headers["cookie"], this.settings.cookie));
  }
}
