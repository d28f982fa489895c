package org.kopuro.access.duties;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ServiceView;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.access.staff.Desk;
import org.kopuro.access.staff.Staff;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Language;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.notices.NoticeKind;

/** Finds outages and changes that were not told in time, and tells the authority's unit, once: what was announced does not happen as announced, and somebody has to act. */
@Stateless
public class UntoldAnnouncements {

    private static final int AT_ONCE = 100;
    /** So many are named; of more, their number. */
    private static final int NAMES_MAX = 40;

    @Inject
    private UntoldStore store;
    @Inject
    private AnnouncementStore announcements;
    @Inject
    private Announcing announcing;
    @Inject
    private Letters letters;
    @Inject
    private Staff staff;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Those that nobody of the authority knows of yet. */
    public List<AnnouncementId> found() {
        return store.found(clock.instant(), AT_ONCE);
    }

    /** False where another node, or its withdrawal, was faster. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean tell(AnnouncementId id) {
        Instant now = clock.instant();
        if (!store.add(id, now)) {
            return false;
        }
        AnnouncementView untold = announcements.find(id.value()).orElseThrow();
        List<UntoldStore.Told> told = store.told(id);
        List<ServiceView> services = catalogue.services().stream().filter(service -> untold.services().contains(service.code())).toList();
        Procedure procedure = procedures.get(untold.procedure(), untold.version());
        WorkingCalendar calendar = calendars.get(procedure.calendar());
        ZoneId zone = calendar.zone();
        ledger.record(LedgerEvent.of("access.announcement_untold", 1, untold.contour(), "announcement", id.value(), now)
                .with("unaware", told.stream().filter(one -> one.at().isEmpty()).count()));
        staff.tell(NoticeKind.N28, Desk.UNIT, new Letters.Subject("announcement", id.value(), String.valueOf(untold.number()), "announcement:" + id.value()),
                letters.days(procedure, calendar), untold.contour(), language -> Map.of("announcement", Announcing.named(untold, language, zone),
                        "services", Announcing.services(services, untold.services(), language), "untold", names(told, language, zone), "link", announcing.link(untold)));
        return true;
    }

    private static String names(List<UntoldStore.Told> told, Language language, ZoneId zone) {
        String names = told.stream().limit(NAMES_MAX).map(one -> one.name() + one.at().map(at -> " (" + Announcing.moment(at, language, zone) + ")").orElse("")).collect(Collectors.joining("; "));
        return told.size() <= NAMES_MAX ? names : names + "; + " + (told.size() - NAMES_MAX);
    }
}
