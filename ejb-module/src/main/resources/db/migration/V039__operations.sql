-- What the wire saw of each call: the fields of X-Road's operational monitoring. Statistics that are kept for days; the evidence of a call is its row of consent.usage,
-- from which caller, message and outcome are taken when somebody reads. What a node had not yet written when it died is missing.
create table exchange.operation (
    -- Of the usage entry that it is written from: no reference, whose check each call would pay for.
    occurrence            uuid           not null,
    contour               kernel.contour not null,
    subsystem_id          uuid           not null,
    -- Null for what the catalogue does not know.
    service_code          text,
    -- When the row was written, in whole seconds: by this, readers ask for what they have not read yet.
    recorded_at           timestamptz    not null,
    request_in            timestamptz    not null,
    response_out          timestamptz    not null,
    protocol              text           not null,
    rest_method           text,
    rest_path             text,
    -- Octets of the whole request; beyond the message itself there may be attachments.
    request_octets        bigint         not null,
    request_attachments   integer        not null,
    response_octets       bigint         not null,
    response_attachments  integer        not null,
    -- As the caller was told it; null is success.
    fault_code            text,
    status_code           integer        not null,
    constraint operation_pk primary key (occurrence),
    constraint operation_subsystem_fk foreign key (subsystem_id) references participants.subsystem (id),
    constraint operation_service_fk foreign key (service_code) references access.service (code),
    constraint operation_second_check check (recorded_at = date_trunc('second', recorded_at)),
    constraint operation_times_check check (response_out >= request_in),
    constraint operation_protocol_check check (protocol in ('SOAP', 'REST')),
    constraint operation_rest_check check ((protocol = 'REST') = (rest_method is not null) and (rest_method is null) = (rest_path is null)
        and length(rest_method) <= 20 and length(rest_path) <= 255),
    constraint operation_sizes_check check (request_octets >= 0 and response_octets >= 0 and request_attachments >= 0 and response_attachments >= 0),
    constraint operation_fault_check check (length(fault_code) between 1 and 255),
    constraint operation_status_check check (status_code between 100 and 599)
);
create index operation_recorded_index on exchange.operation (contour, recorded_at);

-- When a service last answered, and when it last did not; outlives the rows above.
create table exchange.service_health (
    contour       kernel.contour not null,
    service_code  text           not null,
    last_success  timestamptz,
    last_failure  timestamptz,
    constraint service_health_pk primary key (contour, service_code),
    constraint service_health_service_fk foreign key (service_code) references access.service (code),
    constraint service_health_any_check check (num_nonnulls(last_success, last_failure) > 0)
);

grant select, insert, delete on exchange.operation to "${application_role}";
grant select, insert on exchange.service_health to "${application_role}";
grant update (last_success, last_failure) on exchange.service_health to "${application_role}";
