-- Shared words of the database. One schema per capability, as one package per capability in Java.
-- The owner migrates; the application works under ${application_role} with the rights granted here and no others.

create extension if not exists btree_gist;

create schema kernel;
grant usage on schema kernel to "${application_role}";

create domain kernel.contour as text
    constraint contour_check check (value in ('TEST', 'PRODUCTION'));

-- Digit rules of the Kyrgyz INN; the length of the month is not checked, 30 February marks synthetic numbers.
create domain kernel.inn as text
    constraint inn_check check (value ~ '^[012](0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])(19|20)[0-9]{7}$');
