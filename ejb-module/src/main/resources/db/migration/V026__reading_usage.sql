-- A participant reads what it did itself (CON-115).
create index usage_participant_index on consent.usage (contour, participant_id, id desc);

-- That an official has read what the log holds about a taxpayer, and why; the taxpayer sees it. Never changed.
create table consent.usage_inspection (
    id            uuid           not null,
    contour       kernel.contour not null,
    taxpayer_inn  kernel.inn     not null,
    at            timestamptz    not null,
    actor         uuid           not null,
    actor_role    text           not null,
    reason        text           not null,
    constraint usage_inspection_pk primary key (id),
    constraint usage_inspection_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn),
    constraint usage_inspection_reason_check check (length(reason) between 1 and 1000)
);
create index usage_inspection_index on consent.usage_inspection (contour, taxpayer_inn, at desc);
create trigger append_only before update or delete or truncate on consent.usage_inspection for each statement execute function access.refuse_change();
grant select, insert on consent.usage_inspection to "${application_role}";
