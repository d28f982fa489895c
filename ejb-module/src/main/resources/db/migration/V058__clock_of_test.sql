-- The clock control of TEST (CON-161): who holds a token of a virtual taxpayer brings it to its expiry at once, and sees what a token that expires brings with it. A row does it; what
-- follows is what follows by time: REACH_EXPIRY, its notices, its entry of the ledger. TEST's registers hold virtual taxpayers only, and nothing of this is there in PRODUCTION.
alter table consent.token add constraint token_holder_unique unique (id, contour, participant_id);
create table consent.expiry_brought_forward (
    token_id        uuid           not null,
    contour         kernel.contour not null,
    -- Whose token it is, and who asked for it.
    participant_id  uuid           not null,
    former_expiry   timestamptz    not null,
    at              timestamptz    not null,
    actor           uuid           not null,
    actor_role      text           not null,
    constraint expiry_brought_forward_pk primary key (token_id),
    constraint expiry_brought_forward_token_fk foreign key (token_id, contour, participant_id) references consent.token (id, contour, participant_id),
    constraint expiry_brought_forward_contour_check check (contour = 'TEST'),
    constraint expiry_brought_forward_check check (at < former_expiry)
);
create trigger append_only before update or delete or truncate on consent.expiry_brought_forward for each statement execute function access.refuse_change();

-- Of a token that still works or is frozen, and from its own expiry.
create function consent.bring_expiry_forward() returns trigger language plpgsql as $$
begin
    update consent.token set expires_at = new.at where id = new.token_id and state in ('ACTIVE', 'FROZEN') and expires_at = new.former_expiry;
    if not found then
        raise exception 'no working token expires then' using errcode = 'check_violation', constraint = 'expiry_of_a_working_token';
    end if;
    return null;
end $$;
create trigger brought_forward after insert on consent.expiry_brought_forward for each row execute function consent.bring_expiry_forward();

-- Nothing else moves an expiry (CON-16), and nothing moves one in PRODUCTION.
create function consent.require_expiry_brought_forward() returns trigger language plpgsql as $$
begin
    if new.contour <> 'TEST' or not exists (select from consent.expiry_brought_forward b where b.token_id = new.id and b.at = new.expires_at and b.former_expiry = old.expires_at) then
        raise exception 'an expiry stays' using errcode = 'check_violation', constraint = 'expiry_stays';
    end if;
    return new;
end $$;
create trigger expiry_stays before update of expires_at on consent.token for each row when (new.expires_at is distinct from old.expires_at) execute function consent.require_expiry_brought_forward();

grant select, insert on consent.expiry_brought_forward to "${application_role}";
-- Written by the trigger.
grant update (expires_at) on consent.token to "${application_role}";
