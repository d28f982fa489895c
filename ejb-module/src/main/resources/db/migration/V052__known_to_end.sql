-- ACC-T34. A participant that told of its end is at its end from the day it told, not from the moment it told; and what it told of an earlier participation says nothing of this one.
-- (Asked by a trigger, the connection has just ended, at the moment itself.)
create or replace function access.known_to_end(of_participant uuid, in_contour text, moment timestamptz) returns boolean language sql stable as $$
    select exists (select from access.participant_report r
                    where r.participant_id = of_participant and r.contour = in_contour and r.kind in ('LIQUIDATION', 'REORGANISATION')
                      and r.event_day <= (moment at time zone 'Asia/Bishkek')::date
                      and r.filed_at >= (select min(e.at) from access.connection c join access.connection_event e on e.connection_id = c.id and e.event = 'CONNECT'
                                          where c.participant_id = of_participant and c.contour = in_contour and (c.state <> 'DISCONNECTED' or c.since >= moment)))
        or exists (select from participants.participant p join registers.taxpayer t on t.inn = p.inn
                    where p.id = of_participant and t.contour = in_contour and t.ended_on <= (moment at time zone 'Asia/Bishkek')::date)
$$;
