package org.kopuro.access.products;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Language;

/** What days bring about for documents that connections rest on (ACC-9): warnings, and an incident when none of a kind holds any more. Nothing is suspended. */
@Stateless
public class ProductDates {

    private static final int AT_ONCE = 100;
    private static final List<DeadlineRule> WARNINGS = List.of(DeadlineRule.WARN_OF_END_FIRST, DeadlineRule.WARN_OF_END_AGAIN, DeadlineRule.WARN_OF_END_LAST);

    @Inject
    private ProductStore store;
    @Inject
    private ProductNotices notices;
    @Inject
    private Incidents incidents;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Clock clock;

    /** What there is to do now. */
    public List<ProductDue> due() {
        List<ProductDue> due = new ArrayList<>();
        store.procedures().forEach(under -> due.addAll(due(under)));
        return due;
    }

    private List<ProductDue> due(ProductStore.Under under) {
        Procedure procedure = procedures.get(under.procedure(), under.version());
        WorkingCalendar calendar = calendars.get(procedure.calendar());
        LocalDate today = calendar.dayOf(clock.instant());
        List<ProductDue> due = new ArrayList<>(store.lapsed(under, today, calendar.zone().getId(), clock.instant(), AT_ONCE));
        due.addAll(warnings(under, procedure, calendar, today));
        return due;
    }

    /** N working days before the last day is today or past where the last day is not after the N-th working day from today. The nearest warning stands for those before it. */
    private List<ProductDue> warnings(ProductStore.Under under, Procedure procedure, WorkingCalendar calendar, LocalDate today) {
        List<ProductDue> warnings = new ArrayList<>();
        for (int days : WARNINGS.stream().map(procedure::deadline).flatMap(Optional::stream).map(DeadlineTerm::workingDays).sorted(Comparator.naturalOrder()).toList()) {
            Set<Object> nearer = warnings.stream().map(ProductDue::document).collect(Collectors.toSet());
            calendar.forward(today, days).known().map(Deadline.Due::day).ifPresent(until -> store.unwarned(under, today, until, days, clock.instant(), AT_ONCE).stream()
                    .filter(found -> !nearer.contains(found.document())).forEach(warnings::add));
        }
        return warnings;
    }

    /** In a transaction of its own; false where another node, or somebody with another document, was faster. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean bringAbout(ProductDue due) {
        store.hold(List.of(due.product()));
        if (!due(new ProductStore.Under(due.procedure(), due.version())).contains(due)) {
            return false;
        }
        Instant at = clock.instant();
        ProductView product = store.find(due.product()).orElseThrow();
        ProductDocument document = product.documents().stream().filter(one -> one.document().equals(due.document())).findFirst().orElseThrow();
        return switch (due.kind()) {
            case WARN -> store.warn(due, at) && warned(due, product, document);
            case LAPSE -> store.lapse(due, at) && opened(due, product, document);
        };
    }

    private boolean warned(ProductDue due, ProductView product, ProductDocument document) {
        notices.expiresSoon(due, product, document);
        return true;
    }

    /** Read by officials. */
    private boolean opened(ProductDue due, ProductView product, ProductDocument document) {
        String text = new MessageFormat(ProductWords.of(Language.RU, "lapsed"), Language.RU.locale()).format(new Object[] {
            ProductNotices.words(Language.RU, product, document), ProductWords.day(due.day()), due.source()});
        incidents.open(new NewIncident(IncidentSource.SIGNAL, IncidentSeverity.MEDIUM, Optional.of(product.told().participant()), text), due.contour().orElseThrow(), Actor.SYSTEM);
        return true;
    }
}
