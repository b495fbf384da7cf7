-- Browser sessions of the console. What one holds is sealed, its id is kept as a digest only.
create table console_session (
  sid text primary key,                             -- SHA-256 of the session's id, in hex
  sess json not null,
  expire timestamptz not null
);
create index console_session_expire on console_session (expire);

-- Links that sign one person in, once.
create table console_link (
  digest bytea primary key,                         -- SHA-256 of the token
  expires_at timestamptz not null
);
