-- What a sweep read of Upflow's API enters the way of a push; it is laid over what is known.
alter table push add column swept boolean not null default false;

-- When the sweep read what the state holds of it; null while only pushes told of the customer.
alter table customer add column swept_at timestamptz;

-- The sweep of each connection: how it is set, how far it is, and how the last ones went.
alter table upflow_read rename to sweep;
alter table sweep
  add column is_on boolean not null default true,
  add column interval_hours integer not null default 6,   -- between two whole passes
  add column whole boolean not null default false,        -- the pass that runs or ran last
  add column phase text,                                   -- what it reads now
  add column changed integer not null default 0,          -- customers that it entered
  add column wanted boolean not null default false,       -- somebody asked for a whole pass
  add column last_whole_at timestamptz,
  add column last_whole_seconds double precision;
alter table sweep alter column state set default 'done';

-- Portal links that the companion had made. Pushes may bring others.
create table portal_link (
  connection_id text not null,
  customer_id text not null,
  url text not null,
  expires_at timestamptz not null,
  primary key (connection_id, customer_id)
);
