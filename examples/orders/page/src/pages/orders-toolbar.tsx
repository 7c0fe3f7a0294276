import { useEffect, useRef } from "react";
import type { OrderStatus } from "../client/types.ts";
import { STATUS_NAMES } from "../parts/status-pill.tsx";

interface OrdersToolbarProps {
  readonly search: string;
  readonly status: OrderStatus | undefined;
  readonly onChange: (search: string, status: OrderStatus | undefined) => void;
}

const STATUSES = Object.keys(STATUS_NAMES) as OrderStatus[];

/** What is looked for. The key `/` leads into it from anywhere. */
export function OrdersToolbar({ search, status, onChange }: OrdersToolbarProps) {
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const isTyping = event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
      if (event.key !== "/" || isTyping) return;
      event.preventDefault();
      input.current?.focus();
    }
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  return (
    <div className="toolbar" role="search">
      <div className="search">
        <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true">
          <circle cx="7" cy="7" r="4.75" stroke="currentColor" strokeWidth="1.5" />
          <path d="m10.5 10.5 4 4" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
        <input
          className="input"
          type="search"
          ref={input}
          value={search}
          placeholder="Name, city, email or number"
          aria-label="Search orders"
          aria-keyshortcuts="/"
          onChange={(event) => onChange(event.target.value, status)}
        />
      </div>
      <div className="choices" role="group" aria-label="Status">
        <button type="button" aria-pressed={!status} onClick={() => onChange(search, undefined)}>
          All
        </button>
        {STATUSES.map((it) => (
          <button key={it} type="button" aria-pressed={status === it} onClick={() => onChange(search, it)}>
            {STATUS_NAMES[it]}
          </button>
        ))}
      </div>
    </div>
  );
}
