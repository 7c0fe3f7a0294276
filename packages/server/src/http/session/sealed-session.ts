import { ServerError } from "../../errors.ts";
import type { Session, SessionValue } from "../../types.ts";
import type { CookieJar } from "../cookies/cookie-jar.ts";
import type { SessionSettings } from "../config/http-settings.ts";
import { assertSecrets, open, seal } from "./seal.ts";

/** Browsers keep no cookie whose name and value are longer. */
const MAX_COOKIE_BYTES = 4096;

/** A session in a cookie. Values are kept as JSON, so that what is read is what the next request will read. */
export class SealedSession implements Session {
  readonly #jar: CookieJar;
  readonly #settings: SessionSettings;
  #opening: Promise<Map<string, string>> | undefined;
  #issuedAt: number | undefined;
  #changed = false;

  constructor(jar: CookieJar, settings: SessionSettings) {
    this.#jar = jar;
    this.#settings = settings;
  }

  // None of these is an async function: what is a mistake of the caller's throws at once, also where nobody awaits it.
  get<Key extends string>(key: Key): Promise<SessionValue<Key> | undefined> {
    return this.#open().then((values) => {
      const text = values.get(key);
      // Sealed by this application, whose types say what it sets.
      return text === undefined ? undefined : (JSON.parse(text) as SessionValue<Key>);
    });
  }

  set<Key extends string>(key: Key, value: SessionValue<Key> | undefined): Promise<void> {
    const text = toText(key, value);
    return this.#open().then((values) => {
      if (values.get(key) === text) return;
      if (text === undefined) values.delete(key);
      else values.set(key, text);
      this.#changed = true;
    });
  }

  delete(key: string): Promise<void> {
    return this.#open().then((values) => {
      if (values.delete(key)) this.#changed = true;
    });
  }

  clear(): Promise<void> {
    return this.#open().then((values) => {
      values.clear();
      this.#changed = true;
    });
  }

  /** Sets the cookie where there is something new to tell the client. */
  async seal(): Promise<void> {
    const values = await this.#opening;
    if (!values || !(this.#changed || this.#needsRenewal())) return;
    this.#changed = false;
    const { name, maxAgeSeconds, cookie } = this.#settings;
    if (values.size === 0) return this.#forget();
    const sealed = await seal({ values, issuedAt: Math.floor(Date.now() / 1000) }, this.#settings);
    const size = name.length + sealed.length;
    if (size > MAX_COOKIE_BYTES)
      throw new ServerError(
        "SESSION_TOO_LARGE",
        `the sealed session has ${size} bytes, and browsers keep no cookie over ${MAX_COOKIE_BYTES}: ` +
          "keep a key in the session, and what it stands for in a store",
      );
    this.#jar.set(name, sealed, { ...cookie, maxAgeSeconds });
  }

  #open(): Promise<Map<string, string>> {
    assertSecrets(this.#settings);
    return (this.#opening ??= this.#read(this.#jar.get(this.#settings.name)));
  }

  async #read(sealed: string | undefined): Promise<Map<string, string>> {
    const content = sealed === undefined ? undefined : await open(sealed, this.#settings);
    this.#issuedAt = content?.issuedAt;
    return new Map(content?.values);
  }

  #needsRenewal(): boolean {
    const { rolling, maxAgeSeconds } = this.#settings;
    if (!rolling || this.#issuedAt === undefined) return false;
    return Date.now() / 1000 - this.#issuedAt > maxAgeSeconds / 2;
  }

  #forget(): void {
    const { name, cookie } = this.#settings;
    if (this.#jar.get(name) !== undefined) this.#jar.delete(name, cookie);
  }
}

function toText(key: string, value: unknown): string | undefined {
  try {
    // Types promise text; functions and symbols give none, and are as good as undefined.
    return JSON.stringify(value) as string | undefined;
  } catch (cause) {
    throw new ServerError("INVALID_REPLY", `the session value "${key}" cannot be written as JSON`, { cause });
  }
}
