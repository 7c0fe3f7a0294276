import { receiveState } from "@x/react/streaming";
import { createRoot, hydrateRoot } from "react-dom/client";
import { createAppClient } from "./hooks.ts";
import { Page } from "./page.tsx";

const [, kind, scene = ""] = location.pathname.split("/");
const identity = () => /user=(\w+)/.exec(document.cookie)?.[1] ?? "nobody";
const client = createAppClient(identity);
const page = <Page client={client} scene={scene} />;

// The frames that somebody could have seen: who was signed in, and what was shown.
const frames: string[] = [];
Object.assign(globalThis, { frames });
requestAnimationFrame(function look() {
  const frame = `${identity()}: ${document.body?.innerText ?? ""}`;
  if (frame !== frames.at(-1)) frames.push(frame);
  requestAnimationFrame(look);
});

if (kind === "server") {
  receiveState(client);
  hydrateRoot(document, page, { onRecoverableError: (error) => console.error("recovered from", error) });
} else {
  createRoot(document, { onCaughtError() {} }).render(page);
}
