-- A participant's system may act for it by calls (decision 0013). Who acted is then the subsystem whose certificate signed: actor_role SUBSYSTEM, and actor its id.
-- No person is known, and none is invented.

-- Its word is the participant's, as one from the cabinet is.
alter table access.participant_report drop constraint participant_report_letter_check;
alter table access.participant_report add constraint participant_report_letter_check check ((actor_role in ('PARTICIPANT', 'SUBSYSTEM')) = (sender is null));
alter table access.participant_report add column subsystem_id uuid generated always as (case when actor_role = 'SUBSYSTEM' then actor end) stored;
alter table access.participant_report add constraint participant_report_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id);

-- It does what an applicant does, and decides nothing.
alter table access.request_event add constraint request_event_subsystem_check check (actor_role <> 'SUBSYSTEM' or event in ('SUBMIT', 'SUPPLY', 'RETRACT'));

-- It acts for its own participant only; and a request came by SOAP if and only if a subsystem submitted it.
create function access.require_own_subsystem() returns trigger language plpgsql as $$
begin
    if new.actor_role = 'SUBSYSTEM' and not exists (select from access.request r join participants.subsystem s on s.participant_id = r.participant_id
            where r.id = new.request_id and s.id = new.actor) then
        raise exception 'a subsystem acts for another participant' using errcode = 'check_violation', constraint = 'own_subsystem';
    end if;
    if new.event = 'SUBMIT' and (new.actor_role = 'SUBSYSTEM') is distinct from (select channel = 'SOAP' from access.request where id = new.request_id) then
        raise exception 'the channel is not that of whoever submitted' using errcode = 'check_violation', constraint = 'own_channel';
    end if;
    return null;
end $$;
create trigger own_subsystem after insert on access.request_event for each row execute function access.require_own_subsystem();

-- What a cabinet's program polls for: what nobody has opened.
create index notice_unread_index on notices.notice (participant_id, written_at, id) where read_at is null;

-- A conformance report of 1 MiB travels in base 64 within its request.
alter table exchange.message drop constraint message_lengths_check;
alter table exchange.message add constraint message_lengths_check check (octet_length(request) <= 1800000 and octet_length(answer) <= 8400000
    and length(request_type) <= 300 and length(answer_type) <= 300);
