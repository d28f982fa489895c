-- What nodes do because its moment has come, and what comes back of letters that a mail server took.

-- A matter that failed when its moment had come: it waits ever longer before it is tried again, so that it holds up no other. Added when it fails first, counted on with each failure,
-- deleted when it succeeds; one that nobody tried again for a day has settled otherwise, and is deleted with the next failure of any.
create schema installation;
grant usage on schema installation to "${application_role}";
create table installation.setback (
    -- Kind and id, as whoever looks names it.
    matter    text        not null,
    since     timestamptz not null,
    failures  integer     not null,
    next_at   timestamptz not null,
    -- The kind of failure; what it says may name people.
    problem   text        not null,
    constraint setback_pk primary key (matter),
    constraint setback_texts_check check (length(matter) between 1 and 200 and length(problem) between 1 and 200),
    constraint setback_failures_check check (failures > 0 and next_at > since)
);
grant select, insert, update, delete on installation.setback to "${application_role}";
create function installation.waits(of_matter text, moment timestamptz) returns boolean language sql stable as $$
    select exists (select from installation.setback where matter = of_matter and next_at > moment)
$$;

-- ACC-80: a letter that was taken may still come back. BOUNCED: reported so after it was taken; it was not sent, whatever the mail server said, and so nobody was told by it: sent_at is
-- taken away, and stands in notices.attempt. A report of its arrival is a moment beside.
alter table notices.delivery
    add delivered_at timestamptz,
    add bounced_at timestamptz,
    drop constraint delivery_state_check,
    add constraint delivery_state_check check (state in ('PENDING', 'SENT', 'REJECTED', 'BOUNCED')),
    add constraint delivery_bounced_check check ((state = 'BOUNCED') = (bounced_at is not null) and (state <> 'BOUNCED' or last_problem is not null)),
    add constraint delivery_delivered_check check (delivered_at is null or state in ('SENT', 'BOUNCED')),
    drop constraint delivery_problem_check,
    add constraint delivery_problem_check check (last_problem ~ '^[A-Z_]{1,40}( [2-5][0-9]{2})?( [245]\.[0-9]{1,3}\.[0-9]{1,3})?$');
grant update (delivered_at, bounced_at) on notices.delivery to "${application_role}";

-- What a mail system (RFC 3464), or an officer who has read its letter, says became of a delivery. Added once, never changed; nothing of the report itself is kept but its digest.
create table notices.delivery_report (
    id           uuid        not null,
    delivery_id  uuid        not null,
    action       text        not null,
    status       text,
    received_at  timestamptz not null,
    recorded_at  timestamptz not null,
    sha256       bytea,
    actor        uuid,
    actor_role   text        not null,
    constraint delivery_report_pk primary key (id),
    constraint delivery_report_delivery_fk foreign key (delivery_id) references notices.delivery (id),
    -- The same report, piped twice, is one.
    constraint delivery_report_unique unique (delivery_id, sha256),
    constraint delivery_report_action_check check (action in ('FAILED', 'DELAYED', 'DELIVERED', 'RELAYED', 'EXPANDED')),
    constraint delivery_report_status_check check (status ~ '^[245]\.[0-9]{1,3}\.[0-9]{1,3}$'),
    constraint delivery_report_received_check check (received_at <= recorded_at),
    constraint delivery_report_actor_check check (length(sha256) = 32 and length(actor_role) between 1 and 40)
);
create function notices.refuse_change_of_report() returns trigger language plpgsql as $$
begin
    raise exception 'what was reported stays';
end $$;
create trigger append_only before update or delete or truncate on notices.delivery_report for each statement execute function notices.refuse_change_of_report();
grant select, insert on notices.delivery_report to "${application_role}";

-- A delivery comes back only after it was taken, and only by a report; from there it goes nowhere: who sends the letter again makes another delivery.
create function notices.require_bounce_reported() returns trigger language plpgsql as $$
begin
    if new.state = 'BOUNCED' and (old.state <> 'SENT' or not exists (select from notices.delivery_report r where r.delivery_id = new.id and r.action = 'FAILED')) then
        raise exception 'nothing comes back that was not taken, nor unreported' using errcode = 'check_violation', constraint = 'bounce_reported';
    end if;
    if old.state = 'BOUNCED' and new.state <> 'BOUNCED' then
        raise exception 'what came back was not sent' using errcode = 'check_violation', constraint = 'bounced_for_good';
    end if;
    return new;
end $$;
create trigger bounce_reported before update of state on notices.delivery for each row when (old.state is distinct from new.state) execute function notices.require_bounce_reported();

-- ACC-15: how clean data of TEST are is not controlled. What contradicts itself is stored there all the same, and whoever loads it is warned; types, keys and references hold in both contours.
alter table registers.taxpayer
    drop constraint taxpayer_kind_inn_check,
    add constraint taxpayer_kind_inn_check check (contour::text = 'TEST' or (kind = 'ORGANISATION') = (left(inn::text, 1) = '0')),
    drop constraint taxpayer_period_check,
    add constraint taxpayer_period_check check (contour::text = 'TEST' or ended_on >= registered_on);
alter table registers.tax_payment
    drop constraint tax_payment_amount_check,
    add constraint tax_payment_amount_check check (contour::text = 'TEST' or amount_minor_units > 0);
alter table registers.income
    drop constraint income_person_check,
    add constraint income_person_check check (contour::text = 'TEST' or left(inn::text, 1) <> '0');
alter table registers.head
    drop constraint head_kinds_check,
    add constraint head_kinds_check check (contour::text = 'TEST' or left(inn::text, 1) = '0' and left(head_inn::text, 1) <> '0'),
    drop constraint head_period_check,
    add constraint head_period_check check (contour::text = 'TEST' or ended_on >= since);
