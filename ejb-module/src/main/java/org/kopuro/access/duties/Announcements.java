package org.kopuro.access.duties;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ServiceView;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Announces outages and changes of services, and tells those they affect (ACC-O3). */
@Stateless
public class Announcements {

    /** ACC-93. */
    private static final Duration RECENTLY = Duration.ofDays(30);
    private static final int PAGE_MAX = 200;

    @Inject
    private AnnouncementStore store;
    @Inject
    private Announcing announcing;
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

    /** What an announcement is judged by, and by when it has to be published; now, where it is an emergency. */
    private record Judged(Procedure procedure, WorkingCalendar calendar, List<ServiceView> services, Instant due, List<Addressee> addressees) {
    }

    /** Publishes an outage and tells everybody affected, N16 or N18. */
    public AnnouncementView publish(NewOutage outage, Contour contour, Actor by) {
        Instant at = clock.instant();
        Judged judged = judged(outage, contour, at);
        UUID id = UUID.randomUUID();
        store.add(id, AnnouncementKind.OUTAGE, contour, judged.procedure(), outage.start(), Optional.of(outage.end()), outage.reason(), Optional.empty(), outage.emergencyReason(), at, by);
        store.addServices(id, outage.services());
        return told(id, judged, by);
    }

    /** Publishes a change and tells everybody affected, N17. */
    public AnnouncementView publish(NewChange change, Contour contour, Actor by) {
        Instant at = clock.instant();
        Judged judged = judged(change, contour, at);
        UUID id = UUID.randomUUID();
        store.add(id, AnnouncementKind.CHANGE, contour, judged.procedure(), change.firstDay().atStartOfDay(judged.calendar().zone()).toInstant(), Optional.empty(), change.description(),
                change.newVersion(), change.emergencyReason(), at, by);
        store.addServices(id, change.services());
        return told(id, judged, by);
    }

    /** Whom it would affect; refused as its publication would be. */
    public List<Affected> preview(NewOutage outage, Contour contour) {
        return judged(outage, contour, clock.instant()).addressees().stream().map(Addressee::affected).toList();
    }

    /** Whom it would affect; refused as its publication would be. */
    public List<Affected> preview(NewChange change, Contour contour) {
        return judged(change, contour, clock.instant()).addressees().stream().map(Addressee::affected).toList();
    }

    private Judged judged(NewOutage outage, Contour contour, Instant at) {
        if (!outage.end().isAfter(at)) {
            throw Refusal.of(DutyRefusal.OUTAGE_OVER, "end");
        }
        Judged judged = judged(outage.services(), at);
        Instant due = due(judged, DeadlineRule.ANNOUNCE_OUTAGE, judged.calendar().dayOf(outage.start()), outage.emergencyReason(), "start", at);
        return new Judged(judged.procedure(), judged.calendar(), judged.services(), due,
                store.affected(contour, judged.procedure().code(), outage.services(), dayOfRights(outage.start()), Optional.of(dayOfRights(outage.end().minusNanos(1))), Optional.empty()));
    }

    private Judged judged(NewChange change, Contour contour, Instant at) {
        Judged judged = judged(change.services(), at);
        if (change.firstDay().isBefore(judged.calendar().dayOf(at))) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "firstDay");
        }
        Instant due = due(judged, DeadlineRule.ANNOUNCE_CHANGE, change.firstDay(), change.emergencyReason(), "firstDay", at);
        return new Judged(judged.procedure(), judged.calendar(), judged.services(), due,
                store.affected(contour, judged.procedure().code(), change.services(), change.firstDay(), Optional.empty(), Optional.of(at.minus(RECENTLY))));
    }

    private Judged judged(Set<String> codes, Instant at) {
        List<ServiceView> services = catalogue.services().stream().filter(service -> codes.contains(service.code())).toList();
        if (services.size() < codes.size()) {
            throw Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "services");
        }
        Set<String> codesOfProcedures = services.stream().map(ServiceView::procedure).collect(Collectors.toCollection(TreeSet::new));
        if (codesOfProcedures.size() > 1) {
            throw Refusal.of(DutyRefusal.SERVICES_OF_SEVERAL_PROCEDURES, "services", String.join(", ", codesOfProcedures));
        }
        String code = codesOfProcedures.iterator().next();
        WorkingCalendar calendar = calendars.get(procedures.calendar(code));
        return new Judged(procedures.inForce(code, at), calendar, services, at, List.of());
    }

    /** ACC-32: so many full working days lie between the day of publishing and the day of what is announced; where no number is set, it is another day. */
    private static Instant due(Judged judged, DeadlineRule rule, LocalDate day, Optional<String> emergencyReason, String field, Instant at) {
        if (emergencyReason.isPresent()) {
            return at;
        }
        WorkingCalendar calendar = judged.calendar();
        Optional<Integer> clearDays = judged.procedure().deadline(rule).filter(term -> term.direction() == DeadlineTerm.Direction.BEFORE).map(DeadlineTerm::workingDays);
        LocalDate today = calendar.dayOf(at);
        LocalDate earliest = clearDays.map(days -> calendar.earliestEvent(today, days).orRefuse().day()).orElse(today.plusDays(1));
        if (day.isBefore(earliest)) {
            throw Refusal.of(DutyRefusal.ANNOUNCED_TOO_LATE, field, earliest.toString());
        }
        return clearDays.flatMap(days -> calendar.latestNotice(day, days).known()).map(latest -> latest.ends()).orElse(day.atStartOfDay(calendar.zone()).toInstant());
    }

    /** Rights begin and end with the days of this zone, whatever the procedure counts by. */
    private static LocalDate dayOfRights(Instant moment) {
        return LocalDate.ofInstant(moment, Installation.ZONE);
    }

    private AnnouncementView told(UUID id, Judged judged, Actor by) {
        store.addAffected(id, judged.addressees());
        AnnouncementView published = store.find(id).orElseThrow();
        ledger.record(LedgerEvent.of("access.announcement_published", 1, published.contour(), "announcement", id, published.publishedAt())
                .with("kind", published.kind()).with("procedure", published.procedure()).with("version", published.version()).with("services", published.services())
                .with("startsAt", published.start()).with("endsAt", published.end()).with("newVersion", published.newVersion())
                .with("emergency", published.emergencyReason().isPresent()).with("affected", published.affected()).with("actor", by.account()).with("actorRole", by.role())
                .personal("text", published.text()).personal("emergencyReason", published.emergencyReason()));
        announcing.tell(published, judged.services(), judged.calendar().zone(), judged.due(), judged.addressees());
        return published;
    }

    /** Takes back what has not begun, and tells those who were told of it (N12). */
    public AnnouncementView withdraw(AnnouncementId id, AnnouncementKind kind, Contour contour, String reason, Actor by) {
        return end(get(id, kind, contour), AnnouncementEvent.WITHDRAWN, reason, by);
    }

    /** Ends an outage before its time: the next call is answered again, and those who were told of it are told (N23). */
    public AnnouncementView endEarly(AnnouncementId id, Contour contour, String reason, Actor by) {
        return end(get(id, AnnouncementKind.OUTAGE, contour), AnnouncementEvent.ENDED, reason, by);
    }

    private AnnouncementView end(AnnouncementView announcement, AnnouncementEvent event, String reason, Actor by) {
        Instant at = clock.instant();
        UUID id = announcement.id().value();
        if (announcement.state(at).on(event, announcement.kind()).isEmpty() || !store.addEnd(id, event, at, Input.lines(reason, "reason", 1000), by)) {
            AnnouncementView now = store.find(id).orElseThrow();
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", now.state(at), event);
        }
        ledger.record(LedgerEvent.of("access.announcement_ended", 1, announcement.contour(), "announcement", id, at).with("event", event)
                .with("actor", by.account()).with("actorRole", by.role()).personal("reason", reason));
        AnnouncementView ended = store.find(id).orElseThrow();
        List<ServiceView> services = catalogue.services().stream().filter(service -> ended.services().contains(service.code())).toList();
        announcing.tellEnded(ended, services, calendars.get(procedures.calendar(ended.procedure())).zone(), store.told(ended));
        return ended;
    }

    public AnnouncementView get(AnnouncementId id, AnnouncementKind kind, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour && found.kind() == kind).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "announcement"));
    }

    /** Whom it affected when it was published: these were told. */
    public List<Affected> affected(AnnouncementId id, AnnouncementKind kind, Contour contour) {
        return store.told(get(id, kind, contour)).stream().map(Addressee::affected).toList();
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    public List<AnnouncementView> list(AnnouncementKind kind, Contour contour, Optional<Long> before, int limit) {
        return store.list(kind, contour, before.orElse(Long.MAX_VALUE), Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /** How often the exception for emergencies was used since (ACC-91). */
    public long emergencies(AnnouncementKind kind, Contour contour, Instant since) {
        return store.emergencies(kind, contour, since);
    }
}
