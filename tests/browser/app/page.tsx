import { StrictMode } from "react";
import { ClientProvider, type AppClient } from "./hooks.ts";
import { SCENES } from "./scenes.tsx";

/** A whole document, the same on the server and in the browser. */
export function Page({ client, scene }: { readonly client: AppClient; readonly scene: string }) {
  const Scene = SCENES[scene]!;
  return (
    <html>
      <head>
        <title>{scene}</title>
      </head>
      <body>
        <StrictMode>
          <ClientProvider client={client}>
            <Scene />
          </ClientProvider>
        </StrictMode>
      </body>
    </html>
  );
}
