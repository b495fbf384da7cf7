-- Which pair of identifiers the stored values belong to, and the report of who matched.
create table matching (
  connection_id text primary key,
  epoch integer not null default 1,          -- raised when the pair changes: what was read before must not be written
  switching boolean not null default false,  -- customers' identifiers are being recomputed; nothing is exported
  run integer not null default 0,            -- the rows of the report that is shown; 0 for none yet
  last_run integer not null default 0,       -- the newest run that was begun
  next_ordinal integer not null default 0,
  counts json,
  made_at timestamptz
);

-- The report: a row per customer, and per Account whose value no customer has.
create table match_row (
  connection_id text not null,
  run integer not null,
  kind smallint not null,
  ordinal integer not null,
  customer_id text,
  customer_name text,
  customer_value text,
  accounts json not null,                    -- [[id, name, value], …]
  customers_with_value integer not null,
  accounts_with_value integer not null,      -- those listed, and more
  primary key (connection_id, run, kind, ordinal)
);

-- Beginnings by which rows are found.
create table match_term (
  connection_id text not null,
  run integer not null,
  kind smallint not null,
  term text collate "C" not null,
  ordinal integer not null,
  primary key (connection_id, run, kind, term, ordinal)
);

-- What a person decided about a customer; it wins over every comparison.
create table match_link (
  connection_id text not null,
  customer_id text not null,
  account_id text,                           -- null: the customer stays unmatched
  source text not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (connection_id, customer_id)
);
create unique index match_link_account on match_link (connection_id, account_id) where account_id is not null;

create table match_link_change (
  connection_id text not null,
  change_id integer generated always as identity,
  customer_id text not null,
  account_id text,
  action text not null,
  previous json,                             -- the link before, to undo this
  made_by text not null,
  made_at timestamptz not null default now(),
  undone boolean not null default false,
  primary key (connection_id, change_id)
);
create index match_link_change_customer on match_link_change (connection_id, customer_id, change_id);

-- Long work on matching, done by whichever process takes it; any process can say how far it is.
create table match_job (
  connection_id text not null,
  job_id uuid not null,
  kind text not null,
  pair json,
  state text not null default 'waiting',
  progress float8 not null default 0,
  result json,
  reason json,
  requested_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (connection_id, job_id)
);
create index match_job_open on match_job (connection_id, created_at) where ended_at is null;

-- A person took the customer off this Account: its figures go, whatever comes next.
alter table account add column left_by_hand boolean not null default false;
