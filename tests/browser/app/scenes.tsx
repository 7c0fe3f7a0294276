import { Suspense, useState, type ReactNode } from "react";
import { ErrorBoundary } from "./error-boundary.tsx";
import { useClient, useRead, useResetErrors, useSuspenseRead, useWrite } from "./hooks.ts";

function Total({ id }: { id: number }) {
  const { data, isLoading } = useRead("orders/:id", { params: { id } });
  return <p>{isLoading ? `order ${id} is loading` : `order ${id}: ${data?.total}`}</p>;
}

function WaitedTotal({ id }: { id: number }) {
  const { data } = useSuspenseRead("orders/:id", { params: { id } });
  const [clicks, setClicks] = useState(0);
  return (
    <button onClick={() => setClicks(clicks + 1)}>{`order ${id}: ${data.total}, clicks: ${clicks}`}</button>
  );
}

function Orders() {
  return (
    <main>
      <Total id={1} />
      <Suspense fallback={<p>waiting</p>}>
        <WaitedTotal id={2} />
      </Suspense>
    </main>
  );
}

function Flaky() {
  return (
    <ErrorBoundary onReset={useResetErrors()}>
      <Suspense fallback={<p>waiting</p>}>
        <WaitedTotal id={503} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Me() {
  const client = useClient();
  const { data } = useRead("me", { keepPreviousData: true });
  const switchTo = (user: string) => {
    document.cookie = `user=${user}`;
    client.checkIdentity();
  };
  return (
    <main>
      <p>{data ?? "nobody's"}</p>
      <button onClick={() => switchTo("bob")}>become bob</button>
    </main>
  );
}

function Notes() {
  const { data = [] } = useRead("notes", { refetchOnWindowFocus: "always" });
  const { send, isPending } = useWrite("notes");
  return (
    <main>
      <p>{data.join()}</p>
      <button disabled={isPending} onClick={() => void send({ body: { text: "hello" } })}>
        write
      </button>
    </main>
  );
}

/** What the pages of the test show, by the last part of their path. */
export const SCENES: Readonly<Record<string, () => ReactNode>> = { Orders, Flaky, Me, Notes };
