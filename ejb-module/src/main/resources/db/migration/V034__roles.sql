-- What accounts may do, as data; and versions of procedures that nothing is added to once they are published.

-- The roles of §3. OPERATOR is the access officer, PARTICIPANT a participant's representative: names that rows of events have borne since before there were more.
create table accounts.role (
    name  text not null,
    side  text not null,
    constraint role_pk primary key (name),
    constraint role_side_unique unique (name, side),
    constraint role_side_check check (side in ('AUTHORITY', 'PARTICIPANT', 'TAXPAYER'))
);
insert into accounts.role (name, side) values
    ('OPERATOR',            'AUTHORITY'),
    ('APPROVER',            'AUTHORITY'),
    ('AGREEMENTS_OFFICER',  'AUTHORITY'),
    ('SECURITY_OFFICER',    'AUTHORITY'),
    ('SERVICE_OWNER',       'AUTHORITY'),
    ('PROCEDURE_EDITOR',    'AUTHORITY'),
    ('AUDITOR',             'AUTHORITY'),
    ('PARTICIPANT',         'PARTICIPANT'),
    ('NODE_ADMINISTRATOR',  'PARTICIPANT'),
    ('OPERATIONAL_CONTACT', 'PARTICIPANT'),
    ('TAXPAYER',            'TAXPAYER');

-- Nobody holds roles on both sides (ACC-1): whom an account acts for says its side, and all its roles are of that side. The first of them is what it was made as, and stays.
alter table accounts.account drop constraint account_role_check, drop constraint account_side_check,
    add side text not null generated always as (case when taxpayer_inn is not null then 'TAXPAYER' when participant_id is not null then 'PARTICIPANT' else 'AUTHORITY' end) stored,
    add constraint account_side_check check (num_nonnulls(taxpayer_inn, participant_id) <= 1),
    add constraint account_role_side_fk foreign key (role, side) references accounts.role (name, side),
    add constraint account_first_role_unique unique (id, side, role);

-- Further roles of an account: given and taken by the owner, with the operator's command; the application promotes nobody. An auditor changes nothing (§3), so that whoever
-- audits has no other role.
create table accounts.account_role (
    account_id  uuid        not null,
    side        text        not null,
    first_role  text        not null,
    role        text        not null,
    since       timestamptz not null,
    constraint account_role_pk primary key (account_id, role),
    constraint account_role_account_fk foreign key (account_id, side, first_role) references accounts.account (id, side, role),
    constraint account_role_role_fk foreign key (role, side) references accounts.role (name, side),
    constraint account_role_further_check check (role <> first_role),
    constraint account_role_auditor_check check ('AUDITOR' not in (role, first_role))
);
grant select on accounts.account_role to "${application_role}";

-- A version of a procedure is published whole. Rows beneath it are added in the transaction that adds the version, and at its end the version is sealed: the
-- application adds none afterwards, though its role may insert. A mark and no number of a transaction: those begin anew when a database is restored elsewhere.
alter table access.procedure_version add sealed boolean not null default true;
alter table access.procedure_version alter sealed set default false;

create function access.begin_unsealed() returns trigger language plpgsql as $$
begin
    new.sealed := false;
    return new;
end $$;
create trigger unsealed before insert on access.procedure_version for each row execute function access.begin_unsealed();

create function access.seal_version() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update access.procedure_version set sealed = true where procedure_code = new.procedure_code and version = new.version;
    return null;
end $$;
revoke execute on function access.seal_version() from public;
create constraint trigger sealed after insert on access.procedure_version deferrable initially deferred for each row execute function access.seal_version();

-- An unsealed version is seen by nobody but the transaction that adds it: whoever sees none adds nothing, also while another node is just publishing. The owner is not
-- bound, as in publishing (require_approved_version): migrations and commands are the owner's responsibility.
create function access.refuse_row_of_sealed_version() returns trigger language plpgsql as $$
begin
    if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage')
            and not exists (select from access.procedure_version where procedure_code = new.procedure_code and version = new.version and not sealed) then
        raise exception 'what was published is not added to: publish the next version' using errcode = 'check_violation', constraint = 'procedure_version_sealed';
    end if;
    return new;
end $$;
do $$
declare
    name text;
begin
    foreach name in array array['procedure_deadline', 'procedure_item', 'procedure_ground', 'procedure_subject', 'procedure_document'] loop
        execute format('create trigger not_afterwards before insert on access.%I for each row execute function access.refuse_row_of_sealed_version()', name);
    end loop;
end $$;

-- As before, and the seal: it is put on once, and comes off never.
create or replace function access.refuse_edited_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or to_jsonb(new) - 'valid_to' - 'sealed' <> to_jsonb(old) - 'valid_to' - 'sealed'
            or (old.sealed and not new.sealed)
            or (old.sealed = new.sealed and old.valid_to is not null)
            or (old.sealed <> new.sealed and new.valid_to is distinct from old.valid_to) then
        raise exception 'a version of a procedure is not edited: publish the next one';
    end if;
    return new;
end $$;
