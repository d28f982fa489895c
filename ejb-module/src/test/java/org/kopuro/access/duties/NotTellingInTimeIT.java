package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.access.requests.PastJava;
import org.kopuro.access.staff.NewStaffUnit;
import org.kopuro.access.staff.Staff;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** An outage or a change that cannot be told in time any more is shown as that, and the authority's unit is told, once (ACC-90, ACC-91; N28). It is Monday; three full working days are wanted. */
class NotTellingInTimeIT extends AnnouncementScene {

    @Test
    void theUnitIsToldOnceWhenTheTermCanBeKeptNoMore() {
        unit();
        grant(scene, service);
        AnnouncementView outage = publish(outage(service, 6));
        look(bishkek("2026-03-02T23:59"));
        assertEquals(Optional.empty(), read(outage).untoldAt(), "today is early enough");
        assertEquals("announcement_untold", PastJava.broken("insert into access.announcement_untold (announcement_id, found_at) values ('%s', '2026-03-02 17:59Z')".formatted(outage.id().value())));
        Instant tuesday = bishkek("2026-03-03T00:00");
        look(tuesday);
        assertEquals(Optional.of(tuesday), read(outage).untoldAt());
        look(bishkek("2026-03-05T00:00"));
        look(bishkek("2026-03-06T22:10"));
        List<String> letters = Rows.of("select subject || E'\n' || body from notices.notice where about_id = ? and kind = 'N28'", outage.id().value());
        assertEquals(1, letters.size());
        assertTrue(letters.get(0).startsWith("Not told in time: planned outage from 2026-03-06 22:00") && letters.get(0).contains(service + " (Title)")
                && letters.get(0).contains("as the procedure demands: Participant."), letters.get(0));
        assertEquals(List.of("1"), Rows.of("select content::json -> 'data' ->> 'unaware' from ledger.entry where record_id = ? and content::json ->> 'type' = 'access.announcement_untold'",
                outage.id().value()));
    }

    @Test
    void whatWasToldLateIsFoundAndWhatWasToldInTimeIsNot() {
        unit();
        grant(scene, service);
        grant(scene, another);
        AnnouncementView late = publish(new NewChange(Set.of(service), FRIDAY, "A field more", Optional.empty(), Optional.empty()));
        AnnouncementView inTime = publish(new NewChange(Set.of(another), FRIDAY, "A field more", Optional.empty(), Optional.empty()));
        taken(inTime, bishkek("2026-03-02T23:00"));
        scene.application.clock().set(bishkek("2026-03-03T10:00"));
        taken(late, bishkek("2026-03-03T09:00"));
        look(bishkek("2026-03-03T10:00"));
        assertEquals(Optional.empty(), read(inTime).untoldAt());
        assertEquals(Optional.of(now()), read(late).untoldAt());
        String body = Rows.of("select body from notices.notice where about_id = ? and kind = 'N28'", late.id().value()).get(0);
        assertTrue(body.contains("Participant (2026-03-03 09:00 (Asia/Bishkek))"), body);
    }

    @Test
    void emergenciesWithdrawnOnesAndThoseThatConcernNobodyHaveNoTermToMiss() {
        grant(scene, service);
        AnnouncementView emergency = publish(emergency());
        AnnouncementView nobodys = publish(outage(another, 6));
        AnnouncementView withdrawn = publish(outage(service, 9));
        withdraw(withdrawn);
        look(bishkek("2026-03-06T22:10"));
        assertEquals(List.of(Optional.empty(), Optional.empty(), Optional.empty()), List.of(read(emergency).untoldAt(), read(nobodys).untoldAt(), read(withdrawn).untoldAt()));
        assertEquals("announcement_untold", PastJava.broken("insert into access.announcement_untold (announcement_id, found_at) values ('%s', '2026-03-09 10:00Z')".formatted(withdrawn.id().value())));
    }

    private static void taken(AnnouncementView announcement, Instant at) {
        Rows.change("update notices.notice set read_at = '" + at + "' where about_id = ?", announcement.id().value());
    }

    private void look(Instant at) {
        scene.application.clock().set(at);
        for (AnnouncementId found : scene.application.with(UntoldAnnouncements.class, UntoldAnnouncements::found)) {
            scene.application.with(UntoldAnnouncements.class, untold -> untold.tell(found));
            scene.application.with(UntoldAnnouncements.class, untold -> untold.tell(found));
        }
    }

    private AnnouncementView read(AnnouncementView announcement) {
        return scene.application.with(Announcements.class, all -> all.get(announcement.id(), announcement.kind(), Contour.TEST));
    }

    private void unit() {
        scene.application.run(Staff.class, staff -> staff.set(new NewStaffUnit(Contour.TEST, Optional.of(Scene.PROCEDURE), scene.today(), "Catalogue unit", Language.EN,
                List.of("unit@tax.example"), Language.EN, List.of("head@tax.example")), Scene.OFFICIAL));
    }
}
