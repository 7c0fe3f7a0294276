import { useEffect, useState, useSyncExternalStore } from "react";
import { resumeSession } from "../client/resume-session.ts";
import { client, session } from "../desk.ts";
import { SignIn } from "../pages/sign-in.tsx";
import { Notice } from "../parts/notice.tsx";
import { Toasts } from "../parts/toasts.tsx";
import { Desk } from "./desk-frame.tsx";

/** The whole page: who it is first, then what they came for. An address outlives signing in. */
export function App() {
  const signedIn = useSyncExternalStore(session.subscribe, session.get);
  const [asked, setAsked] = useState<"asking" | "done" | "failed">("asking");

  useEffect(() => {
    let isHere = true;
    if (asked === "asking")
      void resumeSession(client, session).then((done) => isHere && setAsked(done ? "done" : "failed"));
    return () => {
      isHere = false;
    };
  }, [asked]);

  return (
    <>
      {signedIn ? (
        <Desk me={signedIn.me} key={signedIn.me.id} />
      ) : asked === "done" ? (
        <SignIn />
      ) : asked === "failed" ? (
        <div className="sign-in">
          <main>
            <Notice title="The desk cannot be reached">
              <p>Is the network there, and the server running?</p>
              <button className="button" type="button" onClick={() => setAsked("asking")}>
                Try again
              </button>
            </Notice>
          </main>
        </div>
      ) : null}
      <Toasts />
    </>
  );
}
