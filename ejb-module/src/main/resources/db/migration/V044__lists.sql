-- What officials and participants look up in lists: open work, how a participant's calls fare, what TEST was called for. Nothing here changes the life of a row.

-- What a participant owes and is owed.
create index obligation_participant_index on access.obligation (contour, participant_id) where closed_at is null;
-- Announcements that have yet to begin, or began lately.
create index announcement_begins_index on access.announcement (contour, starts_at);

-- A participant's calls in a window of hours (ACC-O8); for all participants, service_use_hour_index.
create index service_use_participant_index on access.service_use (contour, participant_id, hour);

-- The last answered and the last refused call of a granted service in TEST, and how many there were (ACC-O19). Every entry of TEST is in one of the two; those of
-- PRODUCTION are in neither, and its calls pay for none.
create index usage_answered_in_test_index on consent.usage (subsystem_id, service_code, id desc) include (at) where contour = 'TEST' and outcome = 'DISCLOSED';
create index usage_refused_in_test_index on consent.usage (subsystem_id, service_code, id desc) include (at, outcome) where contour = 'TEST' and outcome <> 'DISCLOSED';
