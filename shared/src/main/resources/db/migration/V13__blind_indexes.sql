-- Blind indexes: keyed digests of encrypted values, by which clients are found without anything being decrypted (docs/keys.md).

-- Whether blind indexes are kept under this version of the practice's key: whoever writes an indexed column writes it under every such version.
alter table practice_keys add column indexed boolean not null default true;
-- How many bits of a truncated index are kept under this version: chosen by the practice's size when the version is made.
alter table practice_keys add column index_bits smallint not null default 9 check (index_bits between 1 and 256);
-- At most two versions at a time, one for each slot below.
create unique index practice_keys_slot on practice_keys (practice_id, (version % 2)) where indexed;

-- Nothing was ever written to the columns that this replaces, and their indexes go with them. The index under key version v lies in the slot v mod 2,
-- so that during a rotation from v to v + 1 both stand side by side, no value needs its version stored, and what is unique stays so throughout.
alter table clients
  drop column ssn_index,
  drop column dob_name_index,
  add column ssn_index_odd bytea,
  add column ssn_index_even bytea,
  add column dob_name_index_odd bytea,
  add column dob_name_index_even bytea;

create unique index clients_ssn_odd on clients (practice_id, ssn_index_odd) where deleted_at is null and ssn_index_odd is not null;
create unique index clients_ssn_even on clients (practice_id, ssn_index_even) where deleted_at is null and ssn_index_even is not null;
create index clients_dob_name_odd on clients (practice_id, dob_name_index_odd) where deleted_at is null and dob_name_index_odd is not null;
create index clients_dob_name_even on clients (practice_id, dob_name_index_even) where deleted_at is null and dob_name_index_even is not null;

call audit_changes('clients',
  unaudited => '{first_name_search,last_name_search,email_search,first_name_phonetic,last_name_phonetic,ssn_index_odd,ssn_index_even,dob_name_index_odd,dob_name_index_even}');
