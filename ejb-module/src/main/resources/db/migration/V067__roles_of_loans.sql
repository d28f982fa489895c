-- Who enters loans for a bank and who confirms it; who watches programmes, and who answers for their rules (loans.md, 2). Regulators and the methodology's owner are other bodies than the authority:
-- they sign in on its side, and see none of its matters but loans.
insert into accounts.role (name, side) values
    ('BANK_OPERATOR',     'PARTICIPANT'),
    ('BANK_CONTROLLER',   'PARTICIPANT'),
    ('REGULATOR',         'AUTHORITY'),
    ('METHODOLOGY_OWNER', 'AUTHORITY');
