-- That the authority read operational records of a time (CON-115), of one participant or of all: about nobody, so it is told to whoever was called about in that time. Added by a reading;
-- what one reads within a day of it, and adjoins what was read, only widens it: so whoever polls fills nobody's list, and nobody is told of what was not read. The ledger has each reading.
-- Rows of usage_inspection of this kind were written before, are here as well, and are told from here.
create table consent.records_reading (
    id              uuid           not null,
    contour         kernel.contour not null,
    at              timestamptz    not null,
    read_until      timestamptz    not null,
    actor           uuid           not null,
    actor_role      text           not null,
    participant_id  uuid,
    records_from    timestamptz    not null,
    records_to      timestamptz    not null,
    constraint records_reading_pk primary key (id),
    constraint records_reading_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint records_reading_times_check check (at <= read_until and records_from <= records_to)
);
create index records_reading_index on consent.records_reading (contour, at desc, id desc);
insert into consent.records_reading (id, contour, at, read_until, actor, actor_role, participant_id, records_from, records_to)
select id, contour, at, at, actor, actor_role, participant_id, records_from, greatest(records_from, least(records_to, at)) from consent.usage_inspection where kind = 'RECORDS';
create function consent.require_widening() returns trigger language plpgsql as $$
begin
    if (new.id, new.contour, new.at, new.actor, new.actor_role, new.participant_id) is distinct from (old.id, old.contour, old.at, old.actor, old.actor_role, old.participant_id)
            or new.read_until < old.read_until or new.records_from > old.records_from or new.records_to < old.records_to then
        raise exception 'a reading is only widened' using errcode = 'check_violation', constraint = 'records_reading_widened';
    end if;
    return new;
end $$;
create trigger widened before update on consent.records_reading for each row execute function consent.require_widening();
create trigger never_deleted before delete or truncate on consent.records_reading for each statement execute function access.refuse_change();
grant select, insert on consent.records_reading to "${application_role}";
grant update (read_until, records_from, records_to) on consent.records_reading to "${application_role}";

-- Which presentations a letter to the authority's unit has counted (CON-45): each of them once, however late the call was committed that it belongs to. Added with the letter, never
-- changed. The hour of consent.stranger_told is now the letter's own: there is at most one in it for a participant, of all that no letter has counted.
create table consent.stranger_counted (
    tiding_id  uuid        not null,
    told_at    timestamptz not null,
    constraint stranger_counted_pk primary key (tiding_id),
    constraint stranger_counted_tiding_fk foreign key (tiding_id) references consent.tiding (id)
);
insert into consent.stranger_counted (tiding_id, told_at)
select n.id, d.told_at from consent.tiding n
  join consent.stranger_told d on (d.participant_id, d.contour, d.hour) = (n.participant_id, n.contour, date_trunc('hour', n.at, 'UTC')) where n.kind = 'STRANGER';
create trigger append_only before update or delete or truncate on consent.stranger_counted for each statement execute function access.refuse_change();
grant select, insert on consent.stranger_counted to "${application_role}";

-- What has happened is said by the kind, in the language of whoever reads it, and not by the incident's text. [data]
insert into access.incident_kind (code, title_ru, title_ky, title_en) values
    ('CONSENT_ENDED', 'Согласие прекращено налоговой службой', 'Макулдук салык кызматы тарабынан токтотулду', 'A consent was ended by the tax authority');
