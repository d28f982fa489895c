-- People who sign in with a local account: taxpayers and the authority's staff.
create schema accounts;
grant usage on schema accounts to "${application_role}";

-- Created by the operator's command or the demo. An account belongs to one contour, as every credential does (ACC-16).
create table accounts.account (
    id               uuid           not null,
    login            text           not null,
    contour          kernel.contour not null,
    role             text           not null,
    full_name        text           not null,
    taxpayer_inn     kernel.inn,
    password_hash    text           not null,
    demo             boolean        not null,
    failed_attempts  integer        not null default 0,
    locked_until     timestamptz,
    created_at       timestamptz    not null,
    constraint account_pk primary key (id),
    constraint account_login_unique unique (login),
    constraint account_login_check check (login ~ '^[A-Za-z0-9._@-]{3,64}$'),
    constraint account_role_check check (role in ('TAXPAYER', 'OPERATOR', 'AUDITOR')),
    -- Nobody holds roles on both sides (ACC-1): a taxpayer's account names the taxpayer, a staff account names none.
    constraint account_side_check check ((role = 'TAXPAYER') = (taxpayer_inn is not null)),
    constraint account_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn),
    constraint account_demo_check check (not demo or contour = 'TEST'),
    constraint account_failed_attempts_check check (failed_attempts >= 0)
);

grant select on accounts.account to "${application_role}";
grant update (failed_attempts, locked_until) on accounts.account to "${application_role}";
