-- Pushes are listed newest first, all of them or those with one outcome, and looked up by customer.
alter table push_effect add column received_at timestamptz;     -- when its push was received
update push_effect e set received_at = p.received_at from push p
where p.connection_id = e.connection_id and p.push_id = e.push_id;
create index push_received on push (connection_id, received_at desc, push_id desc);
create index push_effect_outcome on push_effect (connection_id, outcome, received_at desc, push_id desc);
create index push_effect_customer on push_effect (connection_id, customer_id, received_at desc);

-- Customers are found by the beginning of their id or of any word of their name, in any case of letters.
create table customer_name (
  connection_id text not null,
  customer_id text not null,
  name text not null,
  primary key (connection_id, customer_id)
);
create table customer_term (
  connection_id text not null,
  term text collate "C" not null,
  customer_id text not null,
  primary key (connection_id, term, customer_id)
);
create index customer_term_customer on customer_term (connection_id, customer_id);
insert into customer_name (connection_id, customer_id, name)
select connection_id, customer_id,
  -- A text with a NUL character cannot be taken out of JSON.
  case when state::text like '%\\u0000%' then '' else coalesce(state ->> 'name', '') end
from customer where state is not null;
insert into customer_term (connection_id, customer_id, term)
select connection_id, customer_id, left(lower(customer_id), 80) from customer_name
union
select connection_id, customer_id, left(lower(array_to_string(words[place:], ' ')), 80)
from (
  select connection_id, customer_id, regexp_split_to_array(btrim(name), '\s+') as words from customer_name
  where btrim(name) <> '') as split,
  generate_series(1, least(array_length(words, 1), 8)) as place;

-- The customers whose newest state waits for a person, and since when for this reason.
create table customer_failure (
  connection_id text not null,
  customer_id text not null,
  code text not null,
  outcome text not null,
  since timestamptz not null default now(),
  push_id text not null,
  account_id text,
  reason json not null,
  open boolean not null default true,        -- false once a newer state came whose end is not known yet
  primary key (connection_id, customer_id)
) with (fillfactor = 80);
create index customer_failure_code on customer_failure (connection_id, code, since desc, customer_id desc)
  where open;
insert into customer_failure (connection_id, customer_id, code, outcome, since, push_id, account_id, reason)
select c.connection_id, c.customer_id, e.reason ->> 'code', e.outcome, coalesce(e.ended_at, now()), e.push_id,
  e.account_id, e.reason
from customer c join push_effect e
  on e.connection_id = c.connection_id and e.push_id = c.push_id and e.customer_id = c.customer_id
where e.outcome in ('unmatched', 'needs attention') and e.reason is not null
  and e.reason::text not like '%\\u0000%';

-- What happened to a customer on the way to its Account, beyond what its pushes say. Kept for 30 days.
create table customer_event (
  event_id bigint generated always as identity primary key,
  connection_id text not null,
  customer_id text not null,
  at timestamptz not null default now(),
  kind text not null,                        -- matched, written, refused, postponed, unmatched, cleared, retried
  push_id text,
  account_id text,
  fields text[],                             -- names of the written fields, never their values
  reason json,
  detail json                                -- matched: by which values; retried: by whom
);
create index customer_event_customer on customer_event (connection_id, customer_id, event_id desc);
create index customer_event_at on customer_event using brin (at);

-- What the activity stream tells, for a few days.
create table activity (
  activity_id bigint generated always as identity primary key,
  connection_id text not null,
  at timestamptz not null default clock_timestamp(),
  kind text not null,                        -- push, batch, run, state
  data json not null
);
create index activity_connection on activity (connection_id, kind, activity_id desc);
create function tell_state_change() returns trigger language plpgsql as $$
begin
  insert into activity (connection_id, kind, data) values (new.connection_id, 'state', json_build_object(
    'state', new.state, 'before', old.state, 'since', new.state_since, 'reason', new.state_reason));
  return null;
end $$;
create trigger connection_state_is_told after update of state, state_reason on connection for each row
  when (old.state is distinct from new.state or old.state_reason::text is distinct from new.state_reason::text)
  execute function tell_state_change();

-- Accounts written, by minute.
create table throughput (
  connection_id text not null,
  minute timestamptz not null,
  written integer not null,
  primary key (connection_id, minute)
);

-- How each regular task went the last time, on whichever process.
create table task_run (
  task text primary key,
  started_at timestamptz not null,
  ended_at timestamptz,
  problem text
);

create index audit_subject on audit (connection_id, subject, sequence) where subject is not null;
create trigger audit_is_not_emptied before truncate on audit for each statement execute function refuse_audit_change();
