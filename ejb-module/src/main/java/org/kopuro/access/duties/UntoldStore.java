package org.kopuro.access.duties;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.installation.Sql;

/** Announcements that were not told in time; the database judges which are. */
@Dependent
class UntoldStore {

    @Inject
    private Sql sql;

    /** Somebody who is still connected, and when it was first told. */
    record Told(String name, Optional<Instant> at) {
    }

    /** What nobody has been told of yet: of outages that are not over, and of changes up to a month after their day. */
    List<AnnouncementId> found(Instant now, int limit) {
        return sql.list("""
                select a.id from access.announcement a
                 where a.emergency_reason is null and coalesce(a.ends_at, a.starts_at + interval '30 days') > ?
                   and not exists (select from access.announcement_end e where e.announcement_id = a.id)
                   and not exists (select from access.announcement_untold u where u.announcement_id = a.id)
                   and not installation.waits('announcement ' || a.id, ?) and access.announcement_told_too_late(a.id, ?)
                 order by a.number limit ?""", row -> new AnnouncementId(row.uuid("id")), now, now, now, limit);
    }

    /** False where another node was faster, or it is over by now. */
    boolean add(AnnouncementId id, Instant now) {
        // Whoever withdraws it holds the same lock.
        sql.call("select access.lock_announcement(?)", id);
        return sql.update("""
                insert into access.announcement_untold (announcement_id, found_at) select a.id, ?::timestamptz from access.announcement a
                 where a.id = ? and not exists (select from access.announcement_end e where e.announcement_id = a.id) and access.announcement_told_too_late(a.id, ?)
                on conflict on constraint announcement_untold_pk do nothing""", now, id, now) == 1;
    }

    /** Whoever it affects, those who know nothing first. */
    List<Told> told(AnnouncementId id) {
        return sql.list("""
                select p.full_name, min(least(d.sent_at, n.read_at)) told_at
                  from access.announcement a join access.announcement_affected f on f.announcement_id = a.id join participants.participant p on p.id = f.participant_id
                  left join notices.notice n on n.about_kind = 'announcement' and n.about_id = a.id and n.participant_id = f.participant_id and n.kind in ('N16', 'N17', 'N18')
                  left join notices.delivery d on d.notice_id = n.id
                 where a.id = ? and exists (select from access.connection c where c.participant_id = f.participant_id and c.contour = a.contour and c.procedure_code = a.procedure_code
                                             and c.state <> 'DISCONNECTED')
                 group by p.id order by told_at desc nulls first, p.full_name""", row -> new Told(row.text("full_name"), row.maybe("told_at", row::instant)), id);
    }
}
