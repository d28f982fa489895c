package org.kopuro.representation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;

/**
 * What somebody may do for a taxpayer until the transaction ends, in which it was asked for.
 *
 * @param taxpayer for whom
 * @param mandate  under which; empty where the taxpayer acts himself, or through his head
 * @param rights   all, without a mandate
 * @param services that it is bounded to; empty without a mandate
 * @param from     since when it is good; empty without a mandate
 * @param until    when it ends; empty without a mandate
 * @param chain    those through whom the taxpayer acts, from him on
 */
public record Authority(
        Contour contour, Inn taxpayer, Optional<MandateId> mandate, Set<MandateRight> rights, Optional<Set<String>> services, Optional<Instant> from, Optional<Instant> until,
        List<Link> chain) {

    /** Of a taxpayer who acts himself. */
    public static Authority himself(Contour contour, Inn taxpayer) {
        return new Authority(contour, taxpayer, Optional.empty(), Set.of(MandateRight.values()), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** In which role he acts: what a representative does is told to the taxpayer, what a head does is the taxpayer's own doing. */
    public Actor actor(Actor by) {
        return mandate.isPresent() ? by.representing() : by;
    }

    public void require(MandateRight right) {
        if (!rights.contains(right)) {
            throw Refusal.of(MandateRefusal.RIGHT_NOT_IN_MANDATE, "rights", right);
        }
    }

    public void requireServices(Collection<String> wanted) {
        services.ifPresent(covered -> wanted.stream().sorted().filter(service -> !covered.contains(service)).findFirst().ifPresent(service -> {
            throw Refusal.of(MandateRefusal.SERVICE_NOT_IN_MANDATE, "services", service);
        }));
    }

    /** Of what is to be done under the mandate. */
    public void requireTerm(LocalDate firstDay, LocalDate lastDay) {
        if (mandate.isEmpty()) {
            return;
        }
        LocalDate first = LocalDate.ofInstant(from.orElseThrow(), Installation.ZONE);
        LocalDate last = LocalDate.ofInstant(until.orElseThrow(), Installation.ZONE).minusDays(1);
        if (firstDay.isBefore(first) || lastDay.isAfter(last)) {
            throw Refusal.of(MandateRefusal.TERM_NOT_IN_MANDATE, firstDay.isBefore(first) ? "firstDay" : "lastDay", first.toString(), last.toString());
        }
    }
}
