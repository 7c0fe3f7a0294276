import type { Me } from "../client/session.ts";
import { shareSignOut } from "../client/share-sign-out.ts";
import { client, session } from "../desk.ts";
import { Link } from "../parts/router.tsx";
import { notify } from "../parts/toasts.tsx";

interface TopBarProps {
  readonly me: Me;
  readonly path: string;
  readonly feedStatus: string;
}

const { tell: tellOtherTabs } = shareSignOut(session);

async function signOut() {
  const { error } = await client.post("session/sign-out", { auth: false });
  // The cookie is still there: to look signed out would be a lie.
  if (error) return notify("You could not be signed out. Try again.");
  session.set(undefined);
  tellOtherTabs();
}

/** Whose desk it is, where one can go, and who one is. */
export function TopBar({ me, path, feedStatus }: TopBarProps) {
  const links = [
    ["/", "Orders"],
    ["/new", "New order"],
    ...(me.role === "manager" ? [["/office", "Office"] as const] : []),
  ] as const;
  return (
    <header className="bar">
      <Link className="brand" href="/">
        <img src="/mark.svg" alt="" width="28" height="28" />
        <span>{me.shop}</span>
      </Link>
      <nav aria-label="Pages">
        {links.map(([href, name]) => (
          <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="who">
        <span className="live" data-status={feedStatus}>
          {feedStatus === "open" ? "Live" : "Not live"}
        </span>
        <span className="name">{me.name}</span>
        <button className="button quiet compact" type="button" onClick={() => void signOut()}>
          Sign out
        </button>
      </div>
    </header>
  );
}
