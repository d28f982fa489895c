-- Which version of the service a call meant (CON-110): as it was served then. Missing in what was recorded before, and where the call named a version that nobody serves.
alter table consent.usage add service_version text,
    add constraint usage_service_version_check check (length(service_version) between 1 and 100);
