-- Files that travel beside a message: how large, and what is kept of them.

-- What a service takes beside its message, per contour. A service without a row takes nothing. [data] The installation's owner changes the numbers; a call reads them anew.
-- Of transferForm: the form and the signature beside it, 10 MiB a form as CON-93 has it.
create table exchange.attachment_limit (
    contour        kernel.contour not null,
    service_code   text           not null,
    count_max      smallint       not null,
    megabytes_max  smallint       not null,
    constraint attachment_limit_pk primary key (contour, service_code),
    constraint attachment_limit_service_check check (length(service_code) between 1 and 100),
    constraint attachment_limit_count_check check (count_max between 1 and 20),
    -- Of one of them. 100 is what a document can have.
    constraint attachment_limit_megabytes_check check (megabytes_max between 1 and 100)
);
insert into exchange.attachment_limit (contour, service_code, count_max, megabytes_max) values ('TEST', 'transferForm', 2, 10), ('PRODUCTION', 'transferForm', 2, 10);
grant select on exchange.attachment_limit to "${application_role}";

-- One row for each file that came or went beside a kept message, written with it; never changed, never deleted by the application. The octets are not here: what is to be kept of a
-- file is a document. Numbers count within the message, in the order of its parts.
alter table exchange.message add constraint message_contour_unique unique (occurrence, contour);
create table exchange.message_attachment (
    occurrence  uuid           not null,
    contour     kernel.contour not null,
    direction   text           not null,
    number      smallint       not null,
    content_id  text           not null,
    media_type  text           not null,
    octets      bigint         not null,
    sha256      bytea          not null,
    constraint message_attachment_pk primary key (occurrence, direction, number),
    constraint message_attachment_message_fk foreign key (occurrence, contour) references exchange.message (occurrence, contour),
    constraint message_attachment_direction_check check (direction in ('REQUEST', 'ANSWER')),
    constraint message_attachment_number_check check (number between 1 and 20),
    constraint message_attachment_names_check check (length(content_id) between 1 and 300 and length(media_type) between 1 and 300),
    constraint message_attachment_octets_check check (octets >= 0 and octet_length(sha256) = 32)
);
grant select, insert on exchange.message_attachment to "${application_role}";

-- [data] A document has at most 100 MB; each purpose takes less, unless it says so.
alter table documents.document drop constraint document_size_check, add constraint document_size_check check (size between 1 and 104857600);
