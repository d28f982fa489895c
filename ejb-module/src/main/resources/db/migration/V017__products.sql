-- Participants' products with the documents that prove their rights, and who is outside a procedure.

-- Which documents a product needs under a version of a procedure, by its participant's role (ACC-8). A version without rows demands neither products nor documents.
create table access.procedure_document (
    procedure_code  text     not null,
    version         integer  not null,
    role            text     not null,
    document_kind   text     not null,
    source          text     not null,
    constraint procedure_document_pk primary key (procedure_code, version, role, document_kind),
    constraint procedure_document_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint procedure_document_role_check check (role in ('OWNER_DEVELOPER', 'LICENSEE')),
    constraint procedure_document_kind_check check (document_kind in ('RIGHT_TO_USE', 'RIGHT_TO_DISTRIBUTE', 'RIGHT_TO_MODIFY', 'REGISTRATION'))
);
create trigger published before update or delete or truncate on access.procedure_document for each statement execute function access.refuse_change();
grant select, insert on access.procedure_document to "${application_role}";
insert into access.procedure_document (procedure_code, version, role, document_kind, source) values
    ('KG-147', 1, 'LICENSEE', 'RIGHT_TO_USE', '003 §8'),
    ('KG-147', 1, 'LICENSEE', 'RIGHT_TO_DISTRIBUTE', '003 §8'),
    ('KG-147', 1, 'LICENSEE', 'RIGHT_TO_MODIFY', '003 §8'),
    ('KG-147', 1, 'OWNER_DEVELOPER', 'REGISTRATION', '003 §8');

-- On what grounds a participant is outside a procedure (ACC-10) stands where other grounds do.
alter table access.procedure_ground drop constraint procedure_ground_measure_check,
    add constraint procedure_ground_measure_check check (measure in ('SUSPENSION', 'DISCONNECTION', 'TERMINATION', 'EXEMPTION'));
insert into access.procedure_ground (procedure_code, version, measure, code, immediate, position, text_ru, text_ky, text_en, source) values
    ('KG-147', 1, 'EXEMPTION', 'STATE_BODY', true, 1, 'Государственный орган, орган местного самоуправления, государственное учреждение или предприятие',
        'Мамлекеттик орган, жергиликтүү өз алдынча башкаруу органы, мамлекеттик мекеме же ишкана', 'A state body, local self-government, state institution or enterprise', '003 §5.1'),
    ('KG-147', 1, 'EXEMPTION', 'WITHOUT_EXCHANGE', true, 2, 'Организация подключена без применения системы межведомственного взаимодействия',
        'Уюм ведомстволор аралык өз ара аракеттенүү тутуму колдонулбастан туташтырылган', 'The organisation is connected without the exchange', '003 §5.2');

-- A participant's information system or mobile application (ACC-7). Made once, never edited or deleted; what happens to it and to its documents is its events. Whoever
-- adds an event, or counts on its documents until the end of a transaction, holds this row.
create table access.product (
    id              uuid     not null,
    participant_id  uuid     not null,
    name            text     not null,
    kind            text     not null,
    developer       text     not null,
    rights_holder   text     not null,
    -- The participant's.
    role            text     not null,
    events          integer  not null,
    constraint product_pk primary key (id),
    constraint product_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint product_of_participant_unique unique (id, participant_id),
    constraint product_name_unique unique (participant_id, name),
    constraint product_kind_check check (kind in ('INFORMATION_SYSTEM', 'MOBILE_APPLICATION')),
    constraint product_role_check check (role in ('OWNER_DEVELOPER', 'LICENSEE')),
    constraint product_texts_check check (length(name) between 1 and 200 and length(developer) between 1 and 300 and length(rights_holder) between 1 and 300)
);

-- What proves a right to it, or its registration (ACC-9): made with its file, never edited; withdrawn once. Valid on the days from valid_from to valid_to, both
-- inclusive, of the zone of whichever procedure asks. The digest is kept here, too, so that the file and its record vouch for each other.
create table access.product_document (
    document_id   uuid  not null,
    product_id    uuid  not null,
    kind          text  not null,
    number        text  not null,
    issued_on     date  not null,
    issuer        text  not null,
    valid_from    date  not null,
    -- Null: without end.
    valid_to      date,
    sha256        text  not null,
    withdrawn_at  timestamptz,
    constraint product_document_pk primary key (document_id),
    constraint product_document_document_fk foreign key (document_id) references documents.document (id),
    constraint product_document_product_fk foreign key (product_id) references access.product (id),
    constraint product_document_of_product_unique unique (document_id, product_id),
    constraint product_document_kind_check check (kind in ('RIGHT_TO_USE', 'RIGHT_TO_DISTRIBUTE', 'RIGHT_TO_MODIFY', 'REGISTRATION')),
    constraint product_document_days_check check (issued_on <= valid_to and valid_from <= valid_to),
    constraint product_document_texts_check check (length(number) between 1 and 100 and length(issuer) between 1 and 300 and sha256 ~ '^[0-9a-f]{64}$')
);
create unique index product_document_number_unique on access.product_document (product_id, kind, number) where withdrawn_at is null;
create index product_document_product_index on access.product_document (product_id, kind);
create index product_document_ending_index on access.product_document (valid_to) where withdrawn_at is null and valid_to is not null;

-- What happened to a product, by whom and why; a row counts the product on and withdraws the document, and nothing else does.
create table access.product_event (
    product_id   uuid        not null,
    number       integer     not null,
    event        text        not null,
    document_id  uuid,
    at           timestamptz not null,
    actor        uuid        not null,
    actor_role   text        not null,
    text         text        not null,
    constraint product_event_pk primary key (product_id, number),
    constraint product_event_product_fk foreign key (product_id) references access.product (id),
    constraint product_event_document_fk foreign key (document_id, product_id) references access.product_document (document_id, product_id),
    constraint product_event_document_unique unique (document_id, event),
    constraint product_event_event_check check (event in ('ADD', 'ATTACH', 'WITHDRAW')),
    constraint product_event_document_check check ((event = 'ADD') = (document_id is null) and (event = 'ADD') = (number = 1)),
    constraint product_event_text_check check (length(text) <= 1000 and (event <> 'WITHDRAW' or text <> ''))
);

create function access.apply_product_event() returns trigger language plpgsql as $$
begin
    if new.event = 'ADD' then
        perform from access.product where id = new.product_id and events = 1;
    else
        update access.product set events = new.number where id = new.product_id and events = new.number - 1;
    end if;
    if found and new.event = 'WITHDRAW' then
        update access.product_document set withdrawn_at = new.at where document_id = new.document_id and withdrawn_at is null;
    end if;
    if not found then
        raise exception 'the product has changed meanwhile' using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on access.product_event for each row execute function access.apply_product_event();
create function access.refuse_product_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'a product and its documents change by its events';
end $$;
create trigger by_event_only before update on access.product for each row when (pg_trigger_depth() = 0) execute function access.refuse_product_without_event();
create trigger by_event_only before update on access.product_document for each row when (pg_trigger_depth() = 0) execute function access.refuse_product_without_event();

-- Outside a procedure (ACC-10): recorded with its written basis by one official, confirmed by another; the same in both contours.
create table access.exemption_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint exemption_transition_pk primary key (from_state, event),
    constraint exemption_transition_unique unique (from_state, event, to_state)
);
insert into access.exemption_transition (from_state, event, to_state) values
    ('NONE', 'RECORD', 'RECORDED'),
    ('RECORDED', 'CONFIRM', 'IN_FORCE'),
    ('RECORDED', 'REJECT', 'REJECTED'),
    ('IN_FORCE', 'END', 'ENDED');

create table access.exemption (
    id              uuid        not null,
    participant_id  uuid        not null,
    procedure_code  text        not null,
    -- Whose grounds it was recorded by.
    version         integer     not null,
    measure         text        not null generated always as ('EXEMPTION') stored,
    ground          text        not null,
    -- The written basis.
    number          text        not null,
    issued_on       date        not null,
    text            text        not null,
    document_id     uuid        not null,
    sha256          text        not null,
    state           text        not null,
    since           timestamptz not null,
    events          integer     not null,
    constraint exemption_pk primary key (id),
    constraint exemption_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint exemption_ground_fk foreign key (procedure_code, version, measure, ground) references access.procedure_ground (procedure_code, version, measure, code),
    constraint exemption_document_fk foreign key (document_id) references documents.document (id),
    constraint exemption_state_check check (state in ('RECORDED', 'IN_FORCE', 'REJECTED', 'ENDED')),
    constraint exemption_texts_check check (length(number) between 1 and 100 and length(text) between 1 and 500 and sha256 ~ '^[0-9a-f]{64}$')
);
create unique index exemption_live_unique on access.exemption (participant_id, procedure_code) where state in ('RECORDED', 'IN_FORCE');

create table access.exemption_event (
    exemption_id  uuid        not null,
    number        integer     not null,
    from_state    text        not null,
    event         text        not null,
    to_state      text        not null,
    at            timestamptz not null,
    actor         uuid        not null,
    actor_role    text        not null,
    reason        text        not null,
    constraint exemption_event_pk primary key (exemption_id, number),
    constraint exemption_event_exemption_fk foreign key (exemption_id) references access.exemption (id),
    constraint exemption_event_transition_fk foreign key (from_state, event, to_state) references access.exemption_transition (from_state, event, to_state),
    constraint exemption_event_reason_check check (length(reason) between 1 and 1000)
);

create function access.apply_exemption_event() returns trigger language plpgsql as $$
begin
    if new.event = 'CONFIRM' and (new.actor_role <> 'APPROVER'
            or exists (select from access.exemption_event where exemption_id = new.exemption_id and event = 'RECORD' and actor = new.actor)) then
        raise exception 'an exemption is confirmed by a second official' using errcode = 'check_violation', constraint = 'exemption_four_eyes';
    end if;
    if new.from_state = 'NONE' then
        perform from access.exemption where id = new.exemption_id and state = new.to_state and events = new.number and since = new.at;
    else
        update access.exemption set state = new.to_state, since = new.at, events = new.number
         where id = new.exemption_id and state = new.from_state and events = new.number - 1;
    end if;
    if not found then
        raise exception 'the exemption is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on access.exemption_event for each row execute function access.apply_exemption_event();
create function access.refuse_exemption_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'an exemption changes by its events';
end $$;
create trigger by_event_only before update on access.exemption for each row when (pg_trigger_depth() = 0) execute function access.refuse_exemption_without_event();

-- Whether a procedure's preconditions are demanded of a participant. An exemption that is counted on does not end before the end of the transaction.
create function access.exempt(of_participant uuid, under_procedure text) returns boolean language plpgsql as $$
begin
    perform from access.exemption e where e.participant_id = of_participant and e.procedure_code = under_procedure and e.state = 'IN_FORCE' for share of e;
    return found;
end $$;

-- As in V015, but not of whom the procedure does not concern.
create or replace function access.require_agreement(of_participant uuid, under_procedure text, moment timestamptz, for_service text) returns void language plpgsql as $$
declare
    today date;
begin
    select (moment at time zone c.zone)::date into strict today
      from access.procedure p join calendar.calendar c on c.code = p.calendar_code where p.code = under_procedure;
    if not exists (select from access.procedure_version v
                    where v.procedure_code = under_procedure and v.agreement_required and today between v.valid_from and coalesce(v.valid_to, 'infinity'))
            or access.exempt(of_participant, under_procedure) then
        return;
    end if;
    perform from access.agreement a
     where a.participant_id = of_participant and a.procedure_code = under_procedure and a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED')
       and today between a.first_day and coalesce(a.last_day, 'infinity')
       and (for_service is null or exists (select from access.agreement_service s where (s.agreement_id, s.version) = (a.id, a.version) and s.service_code = for_service))
       for share of a;
    if not found then
        raise exception 'no agreement in force' using errcode = 'check_violation', constraint = 'agreement_in_force';
    end if;
end $$;

-- The products that a CONNECT or CHANGE is for, or wants no longer.
create table access.request_product (
    request_id      uuid    not null,
    participant_id  uuid    not null,
    product_id      uuid    not null,
    drops           boolean not null,
    constraint request_product_pk primary key (request_id, product_id),
    constraint request_product_request_fk foreign key (request_id, participant_id) references access.request (id, participant_id),
    constraint request_product_product_fk foreign key (product_id, participant_id) references access.product (id, participant_id)
);
-- What proves rights is a product's, and is brought there: there is one place to look for it.
alter table access.request_document add constraint request_document_not_of_product_check
    check (kind not in ('RIGHT_TO_USE', 'RIGHT_TO_DISTRIBUTE', 'RIGHT_TO_MODIFY', 'REGISTRATION')) not valid;

-- What a version of a procedure wants of products, and no document of theirs gives on the day.
create function access.lacking_documents(under_procedure text, under_version integer, products uuid[], on_day date)
        returns table (product_id uuid, document_kind text, source text) language sql stable as $$
    select p.id, n.document_kind, n.source
      from access.product p join access.procedure_document n on n.procedure_code = under_procedure and n.version = under_version and n.role = p.role
     where p.id = any (products)
       and not exists (select from access.product_document d where d.product_id = p.id and d.kind = n.document_kind and d.withdrawn_at is null
                           and on_day between d.valid_from and coalesce(d.valid_to, 'infinity'))
$$;

-- ACC-9: no grant of what opens anything without a product, nor while one of its documents is lacking on the day of the decision. The products are held until the end
-- of the transaction, so that no document is withdrawn between this look and what it allows.
create function access.require_product_documents() returns trigger language plpgsql as $$
declare
    granted access.request;
    named uuid[];
    today date;
begin
    select * into strict granted from access.request where id = new.request_id;
    named := array(select product_id from access.request_product where request_id = new.request_id and not drops order by product_id);
    if not (granted.kind = 'CONNECT' or granted.kind = 'CHANGE'
                and (cardinality(named) > 0 or exists (select from access.request_service where request_id = new.request_id and not drops)))
            or not exists (select from access.procedure_document n where (n.procedure_code, n.version) = (granted.procedure_code, granted.version))
            or access.exempt(granted.participant_id, granted.procedure_code) then
        return null;
    end if;
    perform from access.product where id = any (named) order by id for no key update;
    select (new.at at time zone c.zone)::date into strict today
      from access.procedure p join calendar.calendar c on c.code = p.calendar_code where p.code = granted.procedure_code;
    if cardinality(named) = 0 or exists (select from access.lacking_documents(granted.procedure_code, granted.version, named, today)) then
        raise exception 'a product lacks documents' using errcode = 'check_violation', constraint = 'product_documents';
    end if;
    return null;
end $$;
create trigger with_product_documents after insert on access.request_event for each row when (new.event = 'GRANT') execute function access.require_product_documents();

-- The products that a connection is for: from the grant of a request that names them to that of one that drops them, or to the connection's end.
create table access.product_use (
    connection_id   uuid           not null,
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    procedure_code  text           not null,
    product_id      uuid           not null,
    request_id      uuid           not null,
    began_at        timestamptz    not null,
    ended_at        timestamptz,
    constraint product_use_pk primary key (connection_id, product_id, request_id),
    constraint product_use_connection_fk foreign key (connection_id, participant_id, contour, procedure_code)
        references access.connection (id, participant_id, contour, procedure_code),
    constraint product_use_product_fk foreign key (product_id, participant_id) references access.product (id, participant_id),
    constraint product_use_request_fk foreign key (request_id, contour, participant_id) references access.request (id, contour, participant_id),
    constraint product_use_end_check check (began_at <= ended_at)
);
create unique index product_use_live_unique on access.product_use (connection_id, product_id) where ended_at is null;
create function access.refuse_ended_use() returns trigger language plpgsql as $$
begin
    raise exception 'a use that has ended is over';
end $$;
create trigger ended_once before update on access.product_use for each row when (old.ended_at is not null) execute function access.refuse_ended_use();

-- The documents that live connections rest on, each judged by the version of the procedure of the request that brought its product.
create view access.product_requirement as
    select u.connection_id, u.participant_id, u.contour, r.procedure_code, r.version, u.product_id, n.document_kind, n.source
      from access.product_use u
      join access.connection c on c.id = u.connection_id
      join access.request r on r.id = u.request_id
      join access.product p on p.id = u.product_id
      join access.procedure_document n on (n.procedure_code, n.version, n.role) = (r.procedure_code, r.version, p.role)
     where u.ended_at is null and c.state <> 'DISCONNECTED'
       and not exists (select from access.exemption e where e.participant_id = u.participant_id and e.procedure_code = u.procedure_code and e.state = 'IN_FORCE');

-- Who was told that a document expires (N19): once for each of the procedure's days before its last one.
create table access.product_document_warning (
    document_id     uuid        not null,
    procedure_code  text        not null,
    working_days    integer     not null,
    at              timestamptz not null,
    constraint product_document_warning_pk primary key (document_id, procedure_code, working_days),
    constraint product_document_warning_document_fk foreign key (document_id) references access.product_document (document_id),
    constraint product_document_warning_procedure_fk foreign key (procedure_code) references access.procedure (code)
);
-- That a document, the last of its kind, holds no more while a connection rests on it: an incident in each contour concerned.
create table access.product_document_lapse (
    document_id  uuid           not null,
    contour      kernel.contour not null,
    at           timestamptz    not null,
    constraint product_document_lapse_pk primary key (document_id, contour),
    constraint product_document_lapse_document_fk foreign key (document_id) references access.product_document (document_id)
);

do $$
declare
    name text;
begin
    foreach name in array array['product_event', 'exemption_event', 'request_product', 'product_document_warning', 'product_document_lapse'] loop
        execute format('create trigger append_only before update or delete or truncate on access.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

grant select on access.exemption_transition, access.product_requirement to "${application_role}";
grant select, insert on access.product, access.product_document, access.product_event, access.exemption, access.exemption_event, access.request_product, access.product_use,
    access.product_document_warning, access.product_document_lapse to "${application_role}";
-- Updating is what the triggers do, and what a lock needs.
grant update (events) on access.product to "${application_role}";
grant update (withdrawn_at) on access.product_document to "${application_role}";
grant update (state, since, events) on access.exemption to "${application_role}";
grant update (ended_at) on access.product_use to "${application_role}";
