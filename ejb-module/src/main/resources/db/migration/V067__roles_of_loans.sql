-- Who enters loans for a bank and who confirms it; who watches programmes, and who answers for their rules (loans.md, 2). Regulators and the methodology's owner are other bodies than the authority:
-- they sign in on its side, and see none of its matters but loans.
insert into accounts.role (name, side) values
    ('BANK_OPERATOR',     'PARTICIPANT'),
    ('BANK_CONTROLLER',   'PARTICIPANT'),
    ('REGULATOR',         'AUTHORITY'),
    ('METHODOLOGY_OWNER', 'AUTHORITY');
-- Nobody is of two bodies.
alter table accounts.account_role add constraint account_role_body_check check ((role in ('REGULATOR', 'METHODOLOGY_OWNER')) = (first_role in ('REGULATOR', 'METHODOLOGY_OWNER')));
-- A bank's programs enter loans as its people do (000 §4.1).
alter table accounts.account drop constraint account_kind_check,
    add constraint account_kind_check check (kind = 'PERSONAL' or kind = 'TECHNICAL' and role in ('PARTICIPANT', 'BANK_OPERATOR'));
