-- Complaints of taxpayers (CON-158): a participant demanded an application form for what a token was given for (CON-3). Filed by the taxpayer, about a participant that he gave a token;
-- changed once, by its answer; an incident of the authority goes with it. Of one taxpayer about one participant one waits at a time.
create table consent.complaint (
    id              uuid           not null,
    contour         kernel.contour not null,
    taxpayer_inn    kernel.inn     not null,
    participant_id  uuid           not null,
    -- The one that was given: the newest, where he names none.
    token_id        uuid           not null,
    incident_id     uuid           not null,
    filed_at        timestamptz    not null,
    actor           uuid           not null,
    actor_role      text           not null,
    text            text           not null,
    answered_at     timestamptz,
    constraint complaint_pk primary key (id),
    constraint complaint_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn),
    constraint complaint_token_fk foreign key (token_id, contour, participant_id) references consent.token (id, contour, participant_id),
    constraint complaint_incident_fk foreign key (incident_id, contour) references access.incident (id, contour),
    constraint complaint_incident_unique unique (incident_id),
    constraint complaint_text_check check (length(text) between 1 and 2000),
    constraint complaint_answered_check check (answered_at >= filed_at)
);
create unique index complaint_open_unique on consent.complaint (contour, taxpayer_inn, participant_id) where answered_at is null;
create index complaint_taxpayer_index on consent.complaint (contour, taxpayer_inn, filed_at desc);
create index complaint_list_index on consent.complaint (contour, filed_at desc, id desc);

-- What the authority answers, once; the taxpayer is told. Never changed.
create table consent.complaint_answer (
    complaint_id  uuid        not null,
    at            timestamptz not null,
    actor         uuid        not null,
    actor_role    text        not null,
    text          text        not null,
    constraint complaint_answer_pk primary key (complaint_id),
    constraint complaint_answer_complaint_fk foreign key (complaint_id) references consent.complaint (id),
    constraint complaint_answer_text_check check (length(text) between 1 and 1000)
);
create trigger append_only before update or delete or truncate on consent.complaint_answer for each statement execute function access.refuse_change();
create function consent.apply_complaint_answer() returns trigger language plpgsql as $$
begin
    update consent.complaint set answered_at = new.at where id = new.complaint_id and answered_at is null;
    return null;
end $$;
create trigger applied after insert on consent.complaint_answer for each row execute function consent.apply_complaint_answer();
create trigger by_event_only before update on consent.complaint for each row when (pg_trigger_depth() = 0) execute function access.refuse_change_without_event();

-- [data]
insert into access.incident_kind (code, title_ru, title_ky, title_en) values
    ('FORM_DEMANDED', 'При наличии токена потребовано заявление', 'Токен бар туруп арыз талап кылынган', 'A form was demanded although a token was given');

alter table consent.tiding
    drop constraint tiding_kind_check,
    add constraint tiding_kind_check check (kind in ('EXPIRED', 'EXPIRES_SOON')
        or token_id is not null and kind in ('REVOKED', 'EXHAUSTED', 'BUDGET_LOW', 'PARTICIPANT_SUSPENDED', 'PARTICIPANT_RESTORED', 'TERMINATION_ANNOUNCED', 'TERMINATION_WITHDRAWN', 'STRANGER',
            'FIRST_USE', 'ISSUED', 'FROZEN', 'COMPLAINT_ANSWERED')
        or form_id is not null and kind in ('REGISTERED', 'WITHDRAWN', 'SETTLED'));

grant select, insert on consent.complaint, consent.complaint_answer to "${application_role}";
-- Written by the trigger.
grant update (answered_at) on consent.complaint to "${application_role}";
