-- How long the authority keeps what it has of consents, and how it forgets them (CON-145 to CON-148).
--
-- An erasure empties the personal fields of a row, all of them, once, and says when: what it empties stands beside each trigger below. The row stays, with its id, times, states,
-- services and references, and the ledger stays as it is: its entries hold keyed hashes, never the values, so that every proof still holds. What is gone besides are the octets of
-- files. Nobody may erase a field but whole rows by consent.erase, which decides itself what is due.

-- [data] For how many months, from the end of a consent or mandate, from a call. A version holds from its moment until the next one's, for everything that is still kept; the owner adds
-- versions and edits none. Files are kept as long as what refers to them.
create table consent.retention (
    what            text        not null,
    effective_from  timestamptz not null,
    months          integer     not null,
    constraint retention_pk primary key (what, effective_from),
    constraint retention_what_check check (what in ('CONSENT', 'USAGE', 'MANDATE', 'COMPLAINT')),
    constraint retention_months_check check (months between 12 and 1200)
);
create trigger append_only before update or delete or truncate on consent.retention for each statement execute function access.refuse_change();
insert into consent.retention (what, effective_from, months)
select what, '2024-09-07 00:00+06', 60 from unnest(array['CONSENT', 'USAGE', 'MANDATE', 'COMPLAINT']) what;
grant select on consent.retention to "${application_role}";

-- A round of erasing: how many rows lost their personal fields. Added by consent.erase alone, and told to the ledger in its transaction; never changed.
create table consent.erasure (
    id           uuid        not null,
    at           timestamptz not null,
    tokens       integer     not null,
    forms        integer     not null,
    uses         integer     not null,
    inspections  integer     not null,
    mandates     integer     not null,
    papers       integer     not null,
    batch_rows   integer     not null,
    incidents    integer     not null,
    complaints   integer     not null,
    constraint erasure_pk primary key (id),
    constraint erasure_any_check check (tokens + forms + uses + inspections + mandates + papers + batch_rows + incidents + complaints > 0)
);
create trigger append_only before update or delete or truncate on consent.erasure for each statement execute function access.refuse_change();
grant select on consent.erasure to "${application_role}";

-- Whether this transaction erases. It opens no door by itself: the application has no right to change what is erased, and whoever has one meets the triggers "erased_whole".
create function kernel.erasing() returns boolean language sql stable as $$
    select coalesce(current_setting('kopuro.erasing', true), '') = 'yes'
$$;
-- After an update: the only one that there may be empties the columns that the trigger names, all, of a row that had not been erased, and touches no other. What is generated from such a
-- column is named, too.
create function kernel.require_whole_erasure() returns trigger language plpgsql as $$
begin
    if old.erased_at is not null or new.erased_at is null or to_jsonb(new) - tg_argv - 'erased_at' <> to_jsonb(old) - tg_argv - 'erased_at'
            or exists (select from jsonb_each(to_jsonb(new)) f where f.key = any (tg_argv) and f.value <> 'null') then
        raise exception 'a row of %.% is erased whole, once, or not at all', tg_table_schema, tg_table_name using errcode = 'check_violation', constraint = 'erased_whole';
    end if;
    return null;
end $$;

-- Whoever erases sets erased_at and empties the rest; nothing else of these tables changes that could not change before.
do $$
declare
    one record;
    name text;
begin
    for one in select * from (values
        ('consent.token',                  array['taxpayer_inn', 'lookup', 'last_four'], null),
        ('consent.token_event',            array['actor', 'text'], 'append_only'),
        ('consent.token_link',             array['inn', 'full_name', 'ground'], 'append_only'),
        ('consent.form_consent',           array['own_number', 'taxpayer_inn', 'taxpayer_name', 'representative_inn', 'representative_name', 'representative_ground', 'file_name', 'file_sha256',
                                                 'declaration_sha256', 'signer_thumbprint', 'registered_inn'], null),
        ('consent.form_event',             array['actor', 'text'], 'append_only'),
        ('consent.form_batch_row',         array['own_number'], 'append_only'),
        ('consent.tiding',                 array['taxpayer_inn', 'text'], 'append_only'),
        ('consent.usage',                  array['taxpayer_inn', 'asked_inn', 'user_id', 'issue', 'message_id'], null),
        ('consent.usage_inspection',       array['taxpayer_inn', 'reason'], 'append_only'),
        ('consent.complaint',              array['taxpayer_inn', 'actor', 'text'], null),
        ('consent.complaint_answer',       array['actor', 'text'], 'append_only'),
        ('representation.mandate',         array['taxpayer_inn', 'grantor_inn', 'representative_inn', 'ground_number', 'ground_dated', 'registered_with'], null),
        ('representation.mandate_event',   array['actor', 'party_inn'], 'append_only'),
        ('representation.ground_document', array['taxpayer_inn', 'actor'], 'append_only'),
        ('representation.tiding',          array['told_inn'], 'append_only'),
        ('documents.document',             array['file_name', 'sha256', 'uploaded_by'], 'immutable'),
        ('access.incident_event',          array['actor', 'text'], 'append_only')) t (tab, emptied, refusing)
    loop
        execute format('alter table %s add erased_at timestamptz', one.tab);
        foreach name in array one.emptied loop
            if name <> 'registered_inn' then
                execute format('alter table %s alter %I drop not null', one.tab, name);
            end if;
        end loop;
        execute format('create trigger erased_whole after update on %s for each row when (old.erased_at is not null or new.erased_at is not null or kernel.erasing())
            execute function kernel.require_whole_erasure(%s)', one.tab, (select string_agg(quote_literal(c), ', ') from unnest(one.emptied) c));
        if one.refusing is not null then
            execute format('drop trigger %I on %s', one.refusing, one.tab);
            execute format('create trigger %I before update or delete or truncate on %s for each statement when (not kernel.erasing()) execute function %s.refuse_change()', one.refusing, one.tab,
                case one.refusing when 'immutable' then 'documents' else 'access' end);
            execute format('create trigger kept before delete or truncate on %s for each statement when (kernel.erasing()) execute function access.refuse_change()', one.tab);
        end if;
    end loop;
end $$;

-- What was written is there until it is erased.
alter table consent.token
    add constraint token_erased_check check (num_nonnulls(taxpayer_inn, lookup, last_four) = case when erased_at is null then 3 else 0 end and (erased_at is null or ended_at is not null)),
    -- As its taxpayer may be erased before the successor's: that both have the same was seen when the successor was made, and neither ever changes to another.
    drop constraint token_replaces_fk,
    add constraint token_replaces_fk foreign key (replaces, contour) references consent.token (id, contour);
create function consent.refuse_successor_of_another() returns trigger language plpgsql as $$
begin
    if not exists (select from consent.token t where t.id = new.replaces and t.contour = new.contour and t.taxpayer_inn = new.taxpayer_inn) then
        raise exception 'a token replaces one of the same taxpayer' using errcode = 'foreign_key_violation', constraint = 'token_replaces_fk';
    end if;
    return new;
end $$;
create trigger same_taxpayer before insert on consent.token for each row when (new.replaces is not null) execute function consent.refuse_successor_of_another();
alter table consent.token_event
    drop constraint token_event_actor_check,
    add constraint token_event_actor_check check (erased_at is not null or (actor is null) = (actor_role = 'SYSTEM')),
    add constraint token_event_erased_check check ((text is null) = (erased_at is not null));
alter table consent.token_link add constraint token_link_erased_check check (num_nonnulls(inn, full_name, ground) = case when erased_at is null then 3 else 0 end);
alter table consent.form_consent
    drop constraint form_consent_passed_check,
    add constraint form_consent_passed_check check (case when result = 'REGISTERED'
        then form_version_id is not null and document_id is not null and expires_at is not null and (signature_id is not null) = (signing = 'CMS_DETACHED')
            and (erased_at is not null or (signer_thumbprint is not null) = (signing <> 'HANDWRITTEN')) and state <> 'REJECTED'
        else document_id is null and signature_id is null and state in ('RECEIVED', 'REJECTED') end),
    add constraint form_consent_erased_check check (num_nonnulls(own_number, taxpayer_inn, taxpayer_name, file_name, file_sha256, declaration_sha256) = case when erased_at is null then 6 else 0 end
        and (erased_at is null or ended_at is not null));
drop index consent.form_consent_rejected_unique;
create unique index form_consent_rejected_unique on consent.form_consent (contour, participant_id, declaration_sha256, result, problem) nulls not distinct where result <> 'REGISTERED' and erased_at is null;
alter table consent.form_event
    drop constraint form_event_actor_check,
    add constraint form_event_actor_check check (erased_at is not null or (actor is null) = (actor_role = 'SYSTEM')),
    add constraint form_event_erased_check check ((text is null) = (erased_at is not null));
alter table consent.form_batch_row add constraint form_batch_row_erased_check check ((own_number is null) = (erased_at is not null));
alter table consent.tiding add constraint tiding_erased_check check (num_nonnulls(taxpayer_inn, text) = case when erased_at is null then 2 else 0 end);
alter table consent.usage add constraint usage_erased_check check ((message_id is null) = (erased_at is not null));
alter table consent.usage_inspection
    drop constraint usage_inspection_kind_check,
    add constraint usage_inspection_kind_check check (case kind
        when 'LOG' then (erased_at is not null or taxpayer_inn is not null and reason is not null) and num_nonnulls(occurrence, form_id, participant_id, records_from, records_to) = 0
        when 'EVIDENCE' then occurrence is not null and num_nonnulls(form_id, participant_id, records_from, records_to) = 0
        when 'FORM' then form_id is not null and num_nonnulls(occurrence, participant_id, records_from, records_to) = 0
        when 'RECORDS' then num_nonnulls(records_from, records_to) = 2 and records_from <= records_to and num_nonnulls(taxpayer_inn, occurrence, form_id) = 0
        else false end);
alter table consent.complaint add constraint complaint_erased_check check (num_nonnulls(taxpayer_inn, actor, text) = case when erased_at is null then 3 else 0 end
    and (erased_at is null or answered_at is not null));
alter table consent.complaint_answer add constraint complaint_answer_erased_check check (num_nonnulls(actor, text) = case when erased_at is null then 2 else 0 end);
alter table representation.mandate
    drop constraint mandate_ground_check,
    add constraint mandate_ground_check check ((erased_at is not null or num_nonnulls(registered_with, document_id) > 0) and length(ground_number) between 1 and 100
        and length(registered_with) between 1 and 300),
    add constraint mandate_erased_check check (num_nonnulls(taxpayer_inn, grantor_inn, representative_inn, ground_number, ground_dated) = case when erased_at is null then 5 else 0 end
        and (erased_at is null or ended_at is not null));
alter table representation.mandate_event
    drop constraint mandate_event_actor_check,
    add constraint mandate_event_actor_check check (erased_at is not null or (actor is null) = (actor_role = 'SYSTEM') and (actor is null) = (party_inn is null));
alter table representation.ground_document add constraint ground_document_erased_check check (num_nonnulls(taxpayer_inn, actor) = case when erased_at is null then 2 else 0 end);
alter table representation.tiding add constraint tiding_erased_check check ((told_inn is null) = (erased_at is not null));
alter table documents.document add constraint document_erased_check check (num_nonnulls(file_name, sha256, uploaded_by) = case when erased_at is null then 3 else 0 end);
alter table access.incident_event
    drop constraint incident_event_actor_check,
    add constraint incident_event_actor_check check (erased_at is not null or (actor is null) = (actor_role = 'SYSTEM')),
    add constraint incident_event_erased_check check ((text is null) = (erased_at is not null));
-- The same id stands with the messages of a call; their octets have gone long before.
alter table exchange.message alter message_id drop not null;

-- An erased row of these is no change without an event; it is judged by "erased_whole".
do $$
declare
    one record;
begin
    for one in select * from (values ('consent.token', 'access.refuse_change_without_event'), ('consent.form_consent', 'consent.refuse_form_without_event'),
        ('consent.complaint', 'access.refuse_change_without_event'), ('representation.mandate', 'representation.refuse_mandate_without_event')) t (tab, refusing)
    loop
        execute format('drop trigger by_event_only on %s', one.tab);
        execute format('create trigger by_event_only before update on %s for each row when (pg_trigger_depth() = 0 and new.erased_at is null) execute function %s()', one.tab, one.refusing);
    end loop;
end $$;

-- The octets of an erased file go; those of a file that is kept stay.
drop trigger immutable on documents.part;
create trigger immutable before update or delete or truncate on documents.part for each statement when (not kernel.erasing()) execute function documents.refuse_change();
create trigger kept before update or truncate on documents.part for each statement when (kernel.erasing()) execute function documents.refuse_change();
create function documents.refuse_part_of_kept_document() returns trigger language plpgsql as $$
begin
    if exists (select from documents.document where id = old.document_id and erased_at is null) then
        raise exception 'documents are immutable: % on %.%', tg_op, tg_table_schema, tg_table_name;
    end if;
    return old;
end $$;
create trigger erased_whole before delete on documents.part for each row when (kernel.erasing()) execute function documents.refuse_part_of_kept_document();

-- The check of a call looks among the tokens that still work, whose number does not grow with the years (CON-148); what has ended is found by an index of its own, which is opened for those
-- alone that the first does not have (CON-147), and which an erased token leaves: from then on its text is one that nobody knows. A value is 32 octets of an HMAC over 125 random bits: none
-- comes twice, in one of the two or in both.
create unique index token_working_unique on consent.token (lookup) where state in ('ACTIVE', 'FROZEN');
create unique index token_ended_unique on consent.token (lookup) where state not in ('ACTIVE', 'FROZEN') and lookup is not null;
alter table consent.token drop constraint token_lookup_unique;

-- What is due, the oldest first; what is erased leaves these.
create index token_retention_index on consent.token (ended_at) where ended_at is not null and erased_at is null;
create index form_consent_retention_index on consent.form_consent (ended_at) where ended_at is not null and erased_at is null;
create index usage_retention_index on consent.usage (at) where erased_at is null;
create index usage_inspection_retention_index on consent.usage_inspection (at) where erased_at is null;
create index mandate_retention_index on representation.mandate (ended_at) where ended_at is not null and erased_at is null;
create index ground_document_retention_index on representation.ground_document (filed_at) where erased_at is null;
create index mandate_document_index on representation.mandate (document_id) where document_id is not null;
create index form_batch_row_form_index on consent.form_batch_row (form_id) where form_id is not null;
create index form_batch_row_refused_index on consent.form_batch_row (batch_id) where form_id is null and erased_at is null;
create index complaint_retention_index on consent.complaint (answered_at) where answered_at is not null and erased_at is null;
create index incident_retention_index on access.incident (since) where source = 'TAXPAYER' and state = 'CLOSED';

-- The database's own clock bounds what it is told: whoever holds the application's role forgets nothing before its time.
create function consent.erasure_moment(told timestamptz) returns timestamptz language sql stable as $$
    select least(told, now())
$$;
create function consent.kept_since(kind text, moment timestamptz) returns timestamptz language sql stable as $$
    select moment - make_interval(months => (select r.months from consent.retention r where r.what = kind and r.effective_from <= moment order by r.effective_from desc limit 1))
$$;

-- Erases what is due, at most so many consents, mandates, uses and so on, and says what it was: a row of consent.erasure, or none, where nothing is due or another node is at it. Each call is
-- a transaction: whatever interrupts it, the next one goes on, and finds nothing twice. A paper, and a mandate, goes after the last token that stands on it.
create function consent.erase(round uuid, told timestamptz, most integer) returns setof consent.erasure
    language plpgsql security definer set search_path = pg_catalog, pg_temp
    as $$
declare
    moment   constant timestamptz := consent.erasure_moment(told);
    consents constant timestamptz := consent.kept_since('CONSENT', moment);
    calls    constant timestamptz := consent.kept_since('USAGE', moment);
    powers   constant timestamptz := consent.kept_since('MANDATE', moment);
    answered constant timestamptz := consent.kept_since('COMPLAINT', moment);
    tokens_due     uuid[];
    forms_due      uuid[];
    mandates_due   uuid[];
    papers_due     uuid[];
    incidents_due  uuid[];
    complaints_due uuid[];
    files          uuid[];
    calls_due      uuid[];
    done consent.erasure;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('consent.erasure', 0)) then
        return;
    end if;
    perform set_config('kopuro.erasing', 'yes', true);
    done.id := round;
    done.at := moment;

    tokens_due := array(select t.id from consent.token t where t.ended_at <= consents and t.erased_at is null order by t.ended_at limit most);
    -- First what the register's number ties to them.
    update consent.tiding set erased_at = moment, taxpayer_inn = null, text = null where token_id = any (tokens_due) and erased_at is null;
    update consent.token_event set erased_at = moment, actor = null, text = null where token_id = any (tokens_due) and erased_at is null;
    update consent.token_link set erased_at = moment, inn = null, full_name = null, ground = null where token_id = any (tokens_due) and erased_at is null;
    update consent.token set erased_at = moment, taxpayer_inn = null, lookup = null, last_four = null where id = any (tokens_due);
    get diagnostics done.tokens = row_count;

    forms_due := array(select f.id from consent.form_consent f where f.ended_at <= consents and f.erased_at is null order by f.ended_at limit most);
    files := array(select d from consent.form_consent f cross join lateral (values (f.document_id), (f.signature_id)) v (d) where f.id = any (forms_due) and d is not null
                   union select e.document_id from consent.form_evidence e where e.form_id = any (forms_due));
    update consent.tiding set erased_at = moment, taxpayer_inn = null, text = null where form_id = any (forms_due) and erased_at is null;
    update consent.form_event set erased_at = moment, actor = null, text = null where form_id = any (forms_due) and erased_at is null;
    update consent.form_consent set erased_at = moment, own_number = null, taxpayer_inn = null, taxpayer_name = null, representative_inn = null, representative_name = null,
           representative_ground = null, file_name = null, file_sha256 = null, declaration_sha256 = null, signer_thumbprint = null where id = any (forms_due);
    get diagnostics done.forms = row_count;
    -- Of what could not be read there is no consent: its number is kept as long as if it had ended when it came.
    update consent.form_batch_row r set erased_at = moment, own_number = null
     where r.erased_at is null and (r.form_id = any (forms_due) or (r.batch_id, r.number) in (
           select o.batch_id, o.number from consent.form_batch_row o join consent.form_batch b on b.id = o.batch_id
            where o.form_id is null and o.erased_at is null and b.received_at <= consents limit most));
    get diagnostics done.batch_rows = row_count;

    calls_due := array(select u.occurrence from consent.usage u where u.at <= calls and u.erased_at is null order by u.at limit most);
    update exchange.message set message_id = null where occurrence = any (calls_due) and message_id is not null;
    update consent.usage set erased_at = moment, taxpayer_inn = null, asked_inn = null, user_id = null, issue = null, message_id = null where occurrence = any (calls_due);
    get diagnostics done.uses = row_count;
    update consent.usage_inspection set erased_at = moment, taxpayer_inn = null, reason = null
     where id in (select i.id from consent.usage_inspection i where i.at <= calls and i.erased_at is null order by i.at limit most);
    get diagnostics done.inspections = row_count;

    mandates_due := array(
        select m.id from representation.mandate m
         where m.ended_at <= powers and m.erased_at is null and not exists (select from consent.token t where t.mandate_id = m.id and t.erased_at is null)
           and not exists (select from representation.mandate c where c.parent_id = m.id and c.erased_at is null)
         order by m.ended_at limit most);
    update representation.tiding set erased_at = moment, told_inn = null where mandate_id = any (mandates_due) and erased_at is null;
    update representation.mandate_event set erased_at = moment, actor = null, party_inn = null where mandate_id = any (mandates_due) and erased_at is null;
    update representation.mandate set erased_at = moment, taxpayer_inn = null, grantor_inn = null, representative_inn = null, ground_number = null, ground_dated = null, registered_with = null
     where id = any (mandates_due);
    get diagnostics done.mandates = row_count;
    papers_due := array(
        select g.document_id from representation.ground_document g
         where g.filed_at <= powers and g.erased_at is null and not exists (select from representation.mandate m where m.document_id = g.document_id and m.erased_at is null)
         order by g.filed_at limit most);
    update representation.ground_document set erased_at = moment, taxpayer_inn = null, actor = null where document_id = any (papers_due);

    files := files || papers_due;
    update documents.document set erased_at = moment, file_name = null, sha256 = null, uploaded_by = null where id = any (files) and erased_at is null;
    get diagnostics done.papers = row_count;
    delete from documents.part where document_id = any (files);

    -- What a taxpayer disputed or complained of stands in the incident that it opened.
    incidents_due := array(
        select i.id from access.incident i
         where i.source = 'TAXPAYER' and i.state = 'CLOSED' and i.since <= consents and exists (select from access.incident_event e where e.incident_id = i.id and e.erased_at is null)
         order by i.since limit most);
    update access.incident_event set erased_at = moment, actor = null, text = null where incident_id = any (incidents_due) and erased_at is null;
    done.incidents := cardinality(incidents_due);
    complaints_due := array(select c.id from consent.complaint c where c.answered_at <= answered and c.erased_at is null order by c.answered_at limit most);
    update consent.complaint_answer set erased_at = moment, actor = null, text = null where complaint_id = any (complaints_due);
    update consent.complaint set erased_at = moment, taxpayer_inn = null, actor = null, text = null where id = any (complaints_due);
    get diagnostics done.complaints = row_count;

    perform set_config('kopuro.erasing', '', true);
    if done.tokens + done.forms + done.uses + done.inspections + done.mandates + done.papers + done.batch_rows + done.incidents + done.complaints > 0 then
        insert into consent.erasure select done.*;
        return next done;
    end if;
end $$;
revoke all on function consent.erase(uuid, timestamptz, integer) from public;
grant execute on function consent.erase(uuid, timestamptz, integer) to "${application_role}";

-- For how many months a participant keeps a consent to these services, from its end: the longest term of the agreements under whose procedures they are, of each the newest one that was
-- signed, as it was amended last (003 §17, CON-145). Null where nothing was agreed, as in TEST.
create function consent.participant_keeps(of_participant uuid, of_contour kernel.contour, of_services text[]) returns integer language sql stable as $$
    select max(newest.consent_kept_months)
      from (select distinct on (a.procedure_code) v.consent_kept_months
              from access.agreement a
              join access.agreement_version v on (v.agreement_id, v.version) = (a.id, a.version)
             where a.participant_id = of_participant and a.contour = of_contour and a.procedure_code in (select s.procedure_code from access.service s where s.code = any (of_services))
             order by a.procedure_code, a.first_day desc) newest
$$;
