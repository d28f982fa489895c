package org.kopuro.exchange.closures;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.Catalogue;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Closes and opens the exchange by hand. */
@Stateless
public class Closures {

    private static final int PAGE_MAX = 200;

    @Inject
    private ClosureStore store;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public ClosureView close(NewClosure closure, Contour contour, Actor by) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant from = closure.begin(at);
        closure.service().filter(code -> catalogue.services().stream().noneMatch(service -> service.code().equals(code))).ifPresent(code -> {
            throw Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "service");
        });
        UUID id = UUID.randomUUID();
        store.add(id, closure, contour, from, at, by);
        ledger.record(LedgerEvent.of("exchange.closed", 1, contour, "closure", id, at).with("service", closure.service()).with("from", from).with("until", closure.until())
                .with("actor", by.account()).with("actorRole", by.role()).personal("noticeRu", closure.notice().get(Language.RU))
                .personal("noticeKy", closure.notice().get(Language.KY)).personal("noticeEn", closure.notice().get(Language.EN)).personal("reason", closure.reason()));
        return get(id, contour);
    }

    /** Calls pass again from now on; a closure that has not begun never does. */
    public ClosureView open(UUID id, Contour contour, String reason, Actor by) {
        get(id, contour);
        String why = Input.text(reason, "reason", 1000);
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        store.end(id, why, at, by);
        ledger.record(LedgerEvent.of("exchange.opened", 1, contour, "closure", id, at).with("actor", by.account()).with("actorRole", by.role()).personal("reason", why));
        return get(id, contour);
    }

    public ClosureView get(UUID id, Contour contour) {
        return store.find(id, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "id"));
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    public List<ClosureView> list(Contour contour, Optional<Long> before, int limit) {
        return store.list(contour, before.orElse(Long.MAX_VALUE), Math.max(1, Math.min(limit, PAGE_MAX)));
    }
}
