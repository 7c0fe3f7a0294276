import { useState } from "react";
import type { Customer } from "../client/types.ts";
import { useRead } from "../desk.ts";
import { Failure } from "../parts/failure.tsx";

interface CustomerPickerProps {
  readonly customer: Customer | undefined;
  readonly onPick: (customer: Customer | undefined) => void;
}

/** Finds a customer by name. */
export function CustomerPicker({ customer, onPick }: CustomerPickerProps) {
  const [search, setSearch] = useState("");
  const { data, error, refetch } = useRead("customers/search", {
    query: { search },
    enabled: search !== "" && !customer,
    keepPreviousData: true,
    debounceMs: 200,
  });

  if (customer)
    return (
      <div className="row">
        <span>
          <strong>{customer.name}</strong>{" "}
          <span className="soft">
            {customer.email} · {customer.city}
          </span>
        </span>
        <button className="button compact" type="button" onClick={() => onPick(undefined)}>
          Change
        </button>
      </div>
    );

  const found = search ? (data ?? []).slice(0, 6) : [];
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="customer">Name</label>
        <input
          className="input"
          id="customer"
          autoComplete="off"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <p className="visually-hidden" role="status">
        {search && data && `${found.length} customers found`}
      </p>
      {error ? (
        <Failure error={error} onRetry={refetch} />
      ) : (
        <ul className="found">
          {found.map((it) => (
            <li key={it.id}>
              <button type="button" onClick={() => onPick(it)}>
                {it.name}
                <span className="soft small">
                  {it.email} · {it.city}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {search && data?.length === 0 && <p className="soft">Nobody is called that.</p>}
    </div>
  );
}
