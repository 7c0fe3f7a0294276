import { type FormEvent, useRef } from "react";
import { session, useWrite } from "../desk.ts";
import { describe } from "../parts/failure.tsx";
import { useTitle } from "../parts/use-title.ts";

/** The way in. */
export function SignIn() {
  useTitle("Sign in");
  const email = useRef<HTMLInputElement>(null);
  const { send, error, isPending } = useWrite("session/sign-in");

  async function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { email: String(form.get("email")), password: String(form.get("password")) };
    // A refusal is an answer here, and no reason to refresh a token.
    const { data } = await send({ body, auth: false });
    if (data) session.set(data);
    else email.current?.focus();
  }

  return (
    <div className="sign-in">
      <main>
        <div className="row">
          <img src="/mark.svg" alt="" width="40" height="40" />
          <h1>Order desk</h1>
        </div>
        <form className="card" onSubmit={(event) => void signIn(event)}>
          <div className="inside stack">
            <div className="field">
              <label htmlFor="email">Email</label>
              <input
                className="input"
                id="email"
                name="email"
                type="email"
                autoComplete="username"
                required
                ref={email}
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? "sign-in-fault" : undefined}
              />
            </div>
            <div className="field">
              <label htmlFor="password">Password</label>
              <input
                className="input"
                id="password"
                name="password"
                type="password"
                autoComplete="current-password"
                required
              />
            </div>
            {error && (
              <p className="fault" id="sign-in-fault" role="alert">
                {describe(error)}
              </p>
            )}
            <button className="button primary" type="submit" disabled={isPending}>
              {isPending ? "Signing in…" : "Sign in"}
            </button>
          </div>
        </form>
        <div className="soft small">
          <p>
            To try it, with the password <code>order-desk</code>:
          </p>
          <ul>
            <li>
              <code>maya@harbour.example</code>, a manager
            </li>
            <li>
              <code>tom@harbour.example</code>, a clerk
            </li>
            <li>
              <code>jonas@northlight.example</code>, of another shop
            </li>
          </ul>
        </div>
      </main>
    </div>
  );
}
