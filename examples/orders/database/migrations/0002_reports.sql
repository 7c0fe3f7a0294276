-- What each day came to, as the night's report has found it.
create table reports (
  tenant_id text not null references tenants,
  day date not null,
  orders integer not null,
  total_cents integer not null,
  made_at timestamptz not null default now(),
  primary key (tenant_id, day)
);
