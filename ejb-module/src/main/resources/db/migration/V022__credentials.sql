-- Credentials of participants (ACC-59 to ACC-61, ACC-73): API accounts with their secrets, one-time links to the first of them, certificates that end.
-- All of it belongs to one participant in one contour, lives at most as long as a connection of that participant to that contour, and never begins again.

-- Participants' accounts are made by their node administrators, through the application. Nobody holds roles on both sides (ACC-1): an account names a participant,
-- a taxpayer or neither, and its role says which. A password is the operator's or a person's; an API account has secrets instead.
alter table accounts.account drop constraint account_role_check, drop constraint account_side_check,
    alter password_hash drop not null,
    add kind text not null default 'PERSONAL',
    add state text not null default 'ACTIVE',
    add events integer not null default 0,
    add constraint account_role_check check (role in ('TAXPAYER', 'PARTICIPANT', 'NODE_ADMINISTRATOR', 'OPERATOR', 'APPROVER', 'AUDITOR')),
    add constraint account_side_check check ((role = 'TAXPAYER') = (taxpayer_inn is not null)
        and (role in ('PARTICIPANT', 'NODE_ADMINISTRATOR')) = (participant_id is not null)),
    add constraint account_kind_check check (kind = 'PERSONAL' or kind = 'TECHNICAL' and role = 'PARTICIPANT'),
    add constraint account_state_check check (state in ('ACTIVE', 'BLOCKED', 'ENDED')),
    add constraint account_password_check check (password_hash is not null or participant_id is not null),
    add constraint account_of_participant_unique unique (id, contour, participant_id);
create index account_participant_index on accounts.account (participant_id, contour, created_at, id) where participant_id is not null;

-- The application makes accounts of participants and no others; the owner, who makes all, is not bound by policies. Their logins name participant and contour,
-- so that whoever chooses one learns nothing of other participants, of the other contour or of the authority's staff.
alter table accounts.account enable row level security;
create policy account_read on accounts.account for select to "${application_role}" using (true);
create policy account_count on accounts.account for update to "${application_role}" using (true);
create policy account_of_participant on accounts.account for insert to "${application_role}"
    with check (participant_id is not null and taxpayer_inn is null and password_hash is null and not demo and state = 'ACTIVE' and events = 1
        and login ~ ('^[A-Za-z0-9._-]{3,40}@' || left(participant_id::text, 8) || '\.' || lower(contour::text) || '$'));
grant insert (id, login, contour, role, full_name, participant_id, kind, demo, state, events, created_at) on accounts.account to "${application_role}";

-- Holds the participant's place in a contour until the end of the transaction; whether a connection of it lives there. Whoever changes credentials comes this way,
-- so that an account that is just being made is ended by a disconnection, or is not made: never neither.
create function accounts.hold_node(participant uuid, node_contour text) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform 1 from access.participation where participant_id = participant and contour = node_contour for no key update;
    return exists (select 1 from access.connection where participant_id = participant and contour = node_contour and state <> 'DISCONNECTED');
end $$;
revoke execute on function accounts.hold_node(uuid, text) from public;
grant execute on function accounts.hold_node(uuid, text) to "${application_role}";

-- An API account begins only while its participant is connected (ACC-60).
create function accounts.require_connection() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not accounts.hold_node(new.participant_id, new.contour) then
        raise exception 'the participant is not connected' using errcode = 'check_violation', constraint = 'account_connected';
    end if;
    return new;
end $$;
create trigger connected before insert on accounts.account for each row when (new.events > 0 and new.participant_id is not null)
    execute function accounts.require_connection();

-- The life of a participant's account. ENDED is for ever: a new connection brings new accounts (ACC-T35).
create table accounts.account_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint account_transition_pk primary key (from_state, event),
    constraint account_transition_unique unique (from_state, event, to_state)
);
insert into accounts.account_transition (from_state, event, to_state) values
    ('NONE',    'CREATE',        'ACTIVE'),
    ('ACTIVE',  'BLOCK',         'BLOCKED'),
    ('BLOCKED', 'UNBLOCK',       'ACTIVE'),
    ('ACTIVE',  'DELETE',        'ENDED'),
    ('BLOCKED', 'DELETE',        'ENDED'),
    ('ACTIVE',  'ISSUE_SECRET',  'ACTIVE'),
    ('ACTIVE',  'REVOKE_SECRET', 'ACTIVE'),
    ('BLOCKED', 'REVOKE_SECRET', 'BLOCKED'),
    ('ACTIVE',  'END',           'ENDED'),
    ('BLOCKED', 'END',           'ENDED');

-- What happened to a participant's account, who did it and why (ACC-1). A row changes the account, and nothing else does. The key keeps staff and taxpayers out.
create table accounts.account_event (
    account_id      uuid           not null,
    number          integer        not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    from_state      text           not null,
    event           text           not null,
    to_state        text           not null,
    at              timestamptz    not null,
    actor           uuid,
    actor_role      text           not null,
    reason          text           not null,
    secret_number   integer,
    constraint account_event_pk primary key (account_id, number),
    constraint account_event_account_fk foreign key (account_id, contour, participant_id) references accounts.account (id, contour, participant_id),
    constraint account_event_transition_fk foreign key (from_state, event, to_state) references accounts.account_transition (from_state, event, to_state),
    constraint account_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint account_event_end_check check ((event = 'END') = (actor is null)),
    constraint account_event_reason_check check (length(reason) between 1 and 1000),
    constraint account_event_secret_check check ((event in ('ISSUE_SECRET', 'REVOKE_SECRET')) = (secret_number is not null))
);

create function accounts.apply_account_event() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.from_state = 'NONE' then
        perform from accounts.account where id = new.account_id and state = new.to_state and events = new.number and created_at = new.at;
    else
        -- An account that gets a secret has no password any more: what the operator's command set is over.
        update accounts.account set state = new.to_state, events = new.number, password_hash = case new.event when 'ISSUE_SECRET' then null else password_hash end
         where id = new.account_id and state = new.from_state and events = new.number - 1;
    end if;
    if not found then
        raise exception 'the account is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on accounts.account_event for each row execute function accounts.apply_account_event();
create trigger append_only before update or delete or truncate on accounts.account_event for each statement execute function access.refuse_change();

create function accounts.refuse_change_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'an account changes by its events';
end $$;
create trigger by_event_only before update of id, contour, role, participant_id, kind, state, events on accounts.account for each row when (pg_trigger_depth() = 0)
    execute function accounts.refuse_change_without_event();

-- What an account signs in with: made by the server, told once, kept as its hash. At most one is CURRENT, and one FORMER beside it until its time is over; both at once
-- while a program is told the new one. Created by an ISSUE_SECRET; ended by the next one, by REVOKE_SECRET, or with its account. The key keeps staff and taxpayers out.
create table accounts.secret (
    account_id      uuid           not null,
    number          integer        not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    hash            text           not null,
    state           text           not null,
    issued_at       timestamptz    not null,
    valid_until     timestamptz,
    ended_at        timestamptz,
    constraint secret_pk primary key (account_id, number),
    constraint secret_account_fk foreign key (account_id, contour, participant_id) references accounts.account (id, contour, participant_id),
    constraint secret_number_check check (number > 0),
    constraint secret_state_check check (state in ('CURRENT', 'FORMER', 'ENDED')),
    constraint secret_former_check check (state <> 'CURRENT' or valid_until is null),
    constraint secret_overlap_check check (state <> 'FORMER' or valid_until is not null),
    constraint secret_ended_check check ((state = 'ENDED') = (ended_at is not null))
);
create unique index secret_two_unique on accounts.secret (account_id, state) where state <> 'ENDED';

create function accounts.refuse_revival() returns trigger language plpgsql as $$
begin
    raise exception 'what has ended does not begin again';
end $$;
create trigger ended_for_good before update on accounts.secret for each row when (old.state = 'ENDED' or new.state = 'CURRENT') execute function accounts.refuse_revival();

grant select on accounts.account_transition to "${application_role}";
grant select, insert on accounts.account_event, accounts.secret to "${application_role}";
grant update (state, valid_until, ended_at) on accounts.secret to "${application_role}";

-- A certificate that died with its participant's last connection to the contour: blocked, and never unblocked (ACC-73, ACC-T35).
alter table participants.certificate add ended_at timestamptz,
    add constraint certificate_ended_check check (ended_at is null or blocked_at is not null);
create trigger ended_for_good before update on participants.certificate for each row when (old.ended_at is not null) execute function accounts.refuse_revival();
create index certificate_expiry_index on participants.certificate (contour, not_after) where blocked_at is null;

-- A notice may tell its recipients a secret that is written nowhere: nodes derive it from the notice's id when the letter leaves, under the key of this number, which is
-- not in the database. In the body stands a mark (U+E000) in its place.
alter table notices.notice add secret_key smallint, add constraint notice_contour_unique unique (id, contour);

-- The way of a participant's first node administrator to an account: a link, told by a letter, good once. OPEN until it is used (REDEEMED), another one takes its place
-- (REPLACED), or the participant's connections to the contour end (ENDED); after its time it is open and good for nothing. Of its token there is the SHA-256.
create table access.credential_link (
    id              uuid           not null,
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    procedure_code  text           not null,
    connection_id   uuid           not null,
    notice_id       uuid           not null,
    address         text           not null,
    token_sha256    bytea          not null,
    issued_at       timestamptz    not null,
    expires_at      timestamptz    not null,
    issued_by       uuid           not null,
    issued_by_role  text           not null,
    state           text           not null,
    closed_at       timestamptz,
    account_id      uuid,
    constraint credential_link_pk primary key (id),
    constraint credential_link_connection_fk foreign key (connection_id, participant_id, contour, procedure_code)
        references access.connection (id, participant_id, contour, procedure_code),
    constraint credential_link_notice_fk foreign key (notice_id, contour) references notices.notice (id, contour),
    constraint credential_link_notice_unique unique (notice_id),
    constraint credential_link_account_fk foreign key (account_id, contour, participant_id) references accounts.account (id, contour, participant_id),
    constraint credential_link_account_unique unique (account_id),
    constraint credential_link_token_unique unique (token_sha256),
    constraint credential_link_token_check check (octet_length(token_sha256) = 32),
    constraint credential_link_expiry_check check (expires_at > issued_at and expires_at <= issued_at + interval '30 days'),
    constraint credential_link_state_check check (state in ('OPEN', 'REDEEMED', 'REPLACED', 'ENDED')),
    constraint credential_link_closed_check check ((state = 'OPEN') = (closed_at is null)),
    constraint credential_link_redeemed_check check ((state = 'REDEEMED') = (account_id is not null)),
    constraint credential_link_in_time_check check (state <> 'REDEEMED' or closed_at < expires_at),
    constraint credential_link_address_check check (length(address) between 3 and 254)
);
create unique index credential_link_open_unique on access.credential_link (participant_id, contour) where state = 'OPEN';
create index credential_link_participant_index on access.credential_link (participant_id, contour, issued_at desc);
create trigger once before update on access.credential_link for each row when (old.state <> 'OPEN') execute function accounts.refuse_revival();
grant select, insert on access.credential_link to "${application_role}";
grant update (state, closed_at, account_id) on access.credential_link to "${application_role}";

-- N24: another link, because the first was not used in time, or its holder has left. The frame is that of all letters.
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select 'N24', '*', t.language, t.valid_from, n.subject, '{{participant}}' || E'\n\n' || n.said || substring(t.body from position(E'\n\n' || n.label || ': {{number}}' in t.body))
  from notices.template t
  join (values
    ('RU', 'Номер', 'Новая ссылка для администратора узла, {{number}}',
     $$По этой ссылке администратор вашего узла один раз получает учётную запись: {{credentialsLink}}

Ссылка действует до указанного ниже срока. Прежняя ссылка больше не действует. Если вы не ожидали этого письма, сообщите налоговой службе.$$),
    ('KY', 'Номери', 'Түйүн администратору үчүн жаңы шилтеме, {{number}}',
     $$Бул шилтеме боюнча түйүнүңүздүн администратору бир жолу эсеп алат: {{credentialsLink}}

Шилтеме төмөндө көрсөтүлгөн мөөнөткө чейин жарактуу. Мурунку шилтеме мындан ары жараксыз. Бул катты күтпөгөн болсоңуз, салык кызматына билдириңиз.$$),
    ('EN', 'Number', 'Another link for the node administrator, {{number}}',
     $$Under this link the administrator of your node gets an account, once: {{credentialsLink}}

The link is good until the deadline below. The former link no longer is. If you did not expect this letter, tell the tax authority.$$))
    n (language, label, subject, said) on n.language = t.language
 where t.kind = 'N20' and t.procedure_code = '*' and t.valid_from = '2020-01-01';

-- Until when the link of a grant is good stands beside it.
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select kind, procedure_code, t.language, '2020-01-02', subject,
       replace(body, '{{credentialsLink}}', '{{credentialsLink}}{{#deadline}} (' || n.until || ' {{deadline}}){{/deadline}}')
  from notices.template t join (values ('RU', 'действует до'), ('KY', 'жарактуу:'), ('EN', 'good until')) n (language, until) on n.language = t.language
 where kind in ('N04', 'N05') and procedure_code = '*' and valid_from = '2020-01-01';
