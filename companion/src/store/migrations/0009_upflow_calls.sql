-- How fast a connection may call Upflow, whichever process calls: `arrival` is the moment at which the calls made so
-- far would have come if they had come evenly.
create table upflow_pace (
  connection_id text primary key,
  arrival timestamptz not null default now(),
  rest_until timestamptz                     -- Upflow said that it is asked too often
);

-- Calls to Upflow that are under way. One of a process that died ends with its lease.
create table upflow_turn (
  connection_id text not null,
  turn_id uuid not null,
  customer_id text,                          -- no two writes of one customer at once
  lease_until timestamptz not null,
  primary key (connection_id, turn_id)
);

-- Takes a turn to call Upflow. Returns 0 when it was taken, else the seconds after which to look again.
create function take_upflow_turn(
  wanted_connection text,
  wanted_turn uuid,
  wanted_customer text,
  most_at_once integer,
  calls_per_minute integer,
  lease_in_seconds double precision
) returns double precision language plpgsql as $$
declare
  -- A tenth of the calls may come at once, and the rest evenly: never more than all of them in any minute.
  step double precision := 60.0 / (calls_per_minute * 0.9);
  burst double precision := greatest(0, calls_per_minute * 0.1 - 1) * step;
  pace upflow_pace;
  ahead double precision;
begin
  insert into upflow_pace (connection_id) values (wanted_connection) on conflict do nothing;
  -- One at a time from here on.
  select * into pace from upflow_pace where connection_id = wanted_connection for update;
  if pace.rest_until > clock_timestamp() then
    return extract(epoch from pace.rest_until - clock_timestamp());
  end if;
  delete from upflow_turn where connection_id = wanted_connection and lease_until < clock_timestamp();
  if (select count(*) from upflow_turn where connection_id = wanted_connection) >= most_at_once
    or exists (
      select from upflow_turn where connection_id = wanted_connection and customer_id = wanted_customer)
  then
    return 0.03;
  end if;
  ahead := extract(epoch from pace.arrival - clock_timestamp());
  if ahead > burst then
    return ahead - burst;
  end if;
  update upflow_pace set arrival = greatest(pace.arrival, clock_timestamp()) + make_interval(secs => step)
  where connection_id = wanted_connection;
  insert into upflow_turn (connection_id, turn_id, customer_id, lease_until) values (
    wanted_connection, wanted_turn, wanted_customer, clock_timestamp() + make_interval(secs => lease_in_seconds));
  return 0;
end $$;
