-- What a subsystem shows in TEST before PRODUCTION opens services to it that take a token (CON-160): that it takes notices of stops, makes no calls with what it was told has
-- stopped, and handles every refusal. Nothing is written for it: the facts are read from notices, uses and accepted reports, as of a moment.

-- Whether a version of a procedure waives it. Written with the version, sealed with it, never edited. The versions of before say what they meant from their first day: RU-1221 offers
-- TEST voluntarily, and cannot demand what only TEST shows (decision 0031).
alter table access.procedure_version add stopping_proof_waived boolean not null default false;
alter table access.procedure_version disable trigger only_ended;
update access.procedure_version set stopping_proof_waived = true where procedure_code = 'RU-1221';
alter table access.procedure_version enable trigger only_ended;

-- What is looked at, as checklists show it.
create table access.stopping_fact (
    code      text    not null,
    position  integer not null,
    -- Of which the acknowledgement shows it; null of the others.
    kind      text,
    text_ru   text    not null,
    text_ky   text    not null,
    text_en   text    not null,
    source    text    not null,
    constraint stopping_fact_pk primary key (code),
    constraint stopping_fact_position_unique unique (position),
    constraint stopping_fact_kind_unique unique (kind)
);
insert into access.stopping_fact (code, position, kind, text_ru, text_ky, text_en, source) values
    ('STOPPING_PROOF_WAIVED', 0, null, 'Порядок не требует показать в тестовом контуре прекращение работы по недействующим токенам',
        'Тартип тест контурунда иштебеген токендер боюнча иштин токтотулушун көрсөтүүнү талап кылбайт', 'The procedure waives the proof in TEST that tokens which have stopped are used no more', 'CON-160'),
    ('REVOCATION_ACKNOWLEDGED', 1, 'REVOKED', 'В тестовом контуре подтверждено получение уведомления об отзыве токена, и 24 часа прошли без вызовов по нему',
        'Тест контурунда токенди чакыртып алуу жөнүндө билдирменин алынганы ырасталды жана 24 саат ал боюнча чакыруусуз өттү',
        'A notice of revocation was acknowledged in TEST, and 24 hours passed without a call on that token', 'CON-160'),
    ('EXPIRY_ACKNOWLEDGED', 2, 'EXPIRED', 'В тестовом контуре подтверждено получение уведомления об истечении токена, и 24 часа прошли без вызовов по нему',
        'Тест контурунда токендин мөөнөтү бүткөнү жөнүндө билдирменин алынганы ырасталды жана 24 саат ал боюнча чакыруусуз өттү',
        'A notice of expiry was acknowledged in TEST, and 24 hours passed without a call on that token', 'CON-160'),
    ('FREEZE_ACKNOWLEDGED', 3, 'FROZEN', 'В тестовом контуре подтверждено получение уведомления о приостановке токена, и 24 часа прошли без вызовов, пока он приостановлен',
        'Тест контурунда токенди тындыруу жөнүндө билдирменин алынганы ырасталды жана 24 саат токен тындырылып турганда чакыруусуз өттү',
        'A notice of a freeze was acknowledged in TEST, and 24 hours passed without a call while the token was frozen', 'CON-160'),
    ('NO_CALLS_AFTER_STOP', 4, null, 'В тестовом контуре в течение 24 часов после подтверждения не было вызовов по прекращённому токену',
        'Тест контурунда ырастоодон кийинки 24 саатта токтогон токен боюнча чакыруулар болгон жок',
        'No calls in TEST with a stopped token within 24 hours after its acknowledgement', 'CON-160'),
    ('REFUSAL_CODES_HANDLED', 5, null, 'Принят отчёт о проверке на соответствие: каждый код отказа обработан верно', 'Шайкештик текшерүүсүнүн отчёту кабыл алынды: ар бир баш тартуу коду туура иштетилген',
        'A conformance report was accepted: every refusal code is handled rightly', 'CON-160, CON-42');
create trigger fixed before insert or update or delete or truncate on access.stopping_fact for each statement execute function access.refuse_change();
grant select on access.stopping_fact to "${application_role}";

-- A subsystem's stops and the calls after them: few, whatever else TEST has seen.
create index event_out_acknowledged_in_test_index on consent.event_out (subsystem_id, acknowledged_at) where contour = 'TEST' and acknowledged_at is not null and token_id is not null;
create index event_out_unfrozen_in_test_index on consent.event_out (token_id, at) where contour = 'TEST' and kind = 'UNFROZEN';
create index usage_refused_token_in_test_index on consent.usage (consent_id, at) where contour = 'TEST' and outcome <> 'DISCLOSED' and consent_id is not null;

-- The facts of one subsystem as of a moment; of none, as of one that has shown nothing. A call with a stopped token within 24 hours after the acknowledgement of its stop, of a frozen
-- one until it works again, sets everything acknowledged before it at naught: the three notices are to be acknowledged anew. A fact's moment is that of the acknowledgement, of
-- the offending call, or of the report's acceptance.
create function access.stopping_seen(of_subsystem uuid, moment timestamptz)
returns table (fact text, shown boolean, at timestamptz, quiet_until timestamptz, consent_id uuid, service_code text, message_id text, document_id uuid) language sql stable as $$
    with stop as (
        select e.kind, e.token_id, e.acknowledged_at,
               least(e.acknowledged_at + interval '24 hours',
                     (select min(w.at) from consent.event_out w where e.kind = 'FROZEN' and w.token_id = e.token_id and w.contour = 'TEST' and w.kind = 'UNFROZEN' and w.at >= e.at)) until
          from consent.event_out e
         where e.subsystem_id = of_subsystem and e.contour = 'TEST' and e.token_id is not null and e.acknowledged_at <= moment and e.kind in ('REVOKED', 'EXPIRED', 'EXHAUSTED', 'FROZEN')),
    offence as (
        select u.at, u.consent_id, u.service_code, u.message_id
          from stop s join consent.usage u on u.consent_id = s.token_id and u.contour = 'TEST' and u.outcome <> 'DISCLOSED'
         where u.subsystem_id = of_subsystem and u.at > s.acknowledged_at and u.at <= least(s.until, moment)
         order by u.at desc, u.id desc limit 1),
    acknowledged as (
        select kind, max(acknowledged_at) newest, max(acknowledged_at) filter (where acknowledged_at + interval '24 hours' <= moment) quiet
          from stop where acknowledged_at > coalesce((select o.at from offence o), '-infinity') group by kind),
    report as (
        select r.document_id, r.accepted_at
          from access.conformance_report r
         where r.subsystem_id = of_subsystem and r.accepted_at <= moment
           and not exists (select from unnest('{CONF-06,CONF-07,CONF-08,CONF-09,CONF-10,CONF-11,CONF-12}'::text[]) wanted
                            where not exists (select from access.conformance_scenario c where c.document_id = r.document_id and c.scenario = wanted and c.verdict = 'PASSED'))
         order by r.accepted_at desc, r.document_id limit 1)
    select f.code,
           case when f.kind is not null then a.quiet is not null
                when f.code = 'NO_CALLS_AFTER_STOP' then o.at is null or (select count(*) from acknowledged q where q.quiet is not null and q.kind in ('REVOKED', 'EXPIRED', 'FROZEN')) = 3
                else r.document_id is not null end,
           case when f.kind is not null then coalesce(a.quiet, a.newest) when f.code = 'NO_CALLS_AFTER_STOP' then o.at else r.accepted_at end,
           coalesce(a.quiet, a.newest) + interval '24 hours',
           case when f.code = 'NO_CALLS_AFTER_STOP' then o.consent_id end, case when f.code = 'NO_CALLS_AFTER_STOP' then o.service_code end,
           case when f.code = 'NO_CALLS_AFTER_STOP' then o.message_id end, case when f.code = 'REFUSAL_CODES_HANDLED' then r.document_id end
      from access.stopping_fact f left join acknowledged a on a.kind = f.kind left join offence o on true left join report r on true
     where f.code <> 'STOPPING_PROOF_WAIVED'
$$;

-- Those of the services for which a participant is to show it: by the rule of the day a token may be handed to it for them. Not of whom the procedure does not concern (ACC-10), nor for what an agreement from
-- before the order allows without a request (ACC-56).
create function access.bound_to_tokens(of_participant uuid, under_procedure text, services text[], day date) returns setof text language sql as $$
    select s.code
      from access.service s
      join lateral (select token_rule from access.service_rule r where r.service_code = s.code and r.effective_from <= day order by r.effective_from desc limit 1) r on r.token_rule <> 'NOT_USED'
     where s.code = any (services) and not access.exempt(of_participant, under_procedure)
       and not exists (select from access.agreement a join access.agreement_service l on (l.agreement_id, l.version) = (a.id, a.version)
                        where a.participant_id = of_participant and a.procedure_code = under_procedure and a.legacy and a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED')
                          and day between a.first_day and coalesce(a.last_day, 'infinity') and l.service_code = s.code)
     order by s.code
$$;

-- Whether the procedure waives it for a right: that of the request which brings the right about (ACC-21); where there is none, that of the day.
create function access.stopping_waived(of_participant uuid, of_procedure text, in_contour text, granted timestamptz) returns boolean language plpgsql stable as $$
declare
    waived boolean;
begin
    select v.stopping_proof_waived into waived
      from access.request q join access.procedure_version v on (v.procedure_code, v.version) = (q.procedure_code, q.version)
     where q.participant_id = of_participant and q.procedure_code = of_procedure and q.contour = in_contour and q.kind in ('CONNECT', 'CHANGE') and q.state = 'GRANTED'
     order by q.since desc limit 1;
    if not found then
        select v.stopping_proof_waived into waived
          from access.procedure p join calendar.calendar c on c.code = p.calendar_code join access.procedure_version v on v.procedure_code = p.code
         where p.code = of_procedure and (granted at time zone c.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity');
    end if;
    return coalesce(waived, false);
end $$;

create function access.require_stopping_shown() returns trigger language plpgsql as $$
begin
    if not access.stopping_waived(new.participant_id, new.procedure_code, new.contour, new.granted_at)
            and exists (select from access.bound_to_tokens(new.participant_id, new.procedure_code, array[new.service_code], (new.granted_at at time zone 'Asia/Bishkek')::date))
            and exists (select from access.stopping_seen(new.subsystem_id, new.granted_at) where not shown) then
        raise exception 'the subsystem has not shown in TEST that it stops' using errcode = 'check_violation', constraint = 'stopping_shown';
    end if;
    return null;
end $$;
create trigger after_stopping_shown after insert on access.access_right for each row when (new.contour = 'PRODUCTION') execute function access.require_stopping_shown();
