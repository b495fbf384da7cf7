-- Where trouble of a connection is told, and from when on.
create table alert_setting (
  connection_id text primary key,
  webhook_url text,
  webhook_on boolean not null default false,
  webhook_secret text,                       -- sealed
  webhook_secret_hint text,                  -- its last characters
  mail_to text[] not null default '{}',
  mail_on boolean not null default false,
  failure_threshold integer,                 -- null: failures are not told
  failure_window_minutes integer not null default 60
);

-- Trouble that was told. It is told once, until it is over.
create table alert (
  alert_id uuid primary key,
  connection_id text not null,
  kind text not null,                        -- state, held, failures
  code text not null,
  opened_at timestamptz not null default now(),
  told_at timestamptz not null default now(),
  resolved_at timestamptz,
  about json not null                        -- what its messages say: ids, codes, counts, and what to do
);
create unique index alert_open on alert (connection_id, kind, code) where resolved_at is null;
create index alert_connection on alert (connection_id, opened_at desc);

-- Each message about it, on each way, and how that went.
create table alert_delivery (
  delivery_id uuid primary key,
  connection_id text not null,
  alert_id uuid,                             -- null for a test
  event text not null,                       -- opened, reminder, resolved, test
  channel text not null,                     -- webhook, mail
  message json not null,
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  ended_at timestamptz,
  result text,                               -- delivered, failed, dropped
  problem text                               -- of the last attempt
);
create index alert_delivery_due on alert_delivery (next_attempt_at) where ended_at is null;
create index alert_delivery_history on alert_delivery (connection_id, created_at desc, delivery_id desc);
