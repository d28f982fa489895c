-- Portals that may ask on a taxpayer's behalf who saw his data. The authority names one, because it believes what the portal says about who is signed in there; whoever is named can read
-- the usage of everybody. Created by naming; changed once, by its end; naming anew is another row.
create table consent.portal (
    id              uuid           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    reason          text           not null,
    named_at        timestamptz    not null,
    actor           uuid           not null,
    actor_role      text           not null,
    ended_at        timestamptz,
    end_reason      text,
    end_actor       uuid,
    end_actor_role  text,
    constraint portal_pk primary key (id),
    constraint portal_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    constraint portal_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint portal_reasons_check check (length(reason) between 1 and 1000 and length(end_reason) between 1 and 1000),
    constraint portal_ended_check check (num_nonnulls(ended_at, end_reason, end_actor, end_actor_role) in (0, 4) and ended_at >= named_at)
);
create unique index portal_named_unique on consent.portal (subsystem_id, contour) where ended_at is null;
create index portal_list_index on consent.portal (contour, named_at desc, id);
create function consent.refuse_portal_revival() returns trigger language plpgsql as $$
begin
    raise exception 'a portal that has ended is named anew' using errcode = 'check_violation', constraint = 'portal_ended_for_good';
end $$;
create trigger ended_for_good before update on consent.portal for each row when (old.ended_at is not null) execute function consent.refuse_portal_revival();
grant select, insert on consent.portal to "${application_role}";
grant update (ended_at, end_reason, end_actor, end_actor_role) on consent.portal to "${application_role}";
