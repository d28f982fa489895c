package org.kopuro.consent.forms;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.consent.TidingKind;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.events.ConsentEventKind;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.kernel.Actor;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** What every change of a registered form consent brings with it, whoever makes it. */
@Dependent
class FormChanges {

    @Inject
    private FormStore store;
    @Inject
    private ConsentEvents events;
    @Inject
    private Tidings tidings;
    @Inject
    private Ledger ledger;

    void apply(HeldForm form, FormEvent event, FormState to, Instant at, Actor by, String text) {
        apply(form, event, to, at, by, text, Optional.empty(), Optional.empty());
    }

    void apply(HeldForm form, FormEvent event, FormState to, Instant at, Actor by, String text, Optional<Instant> declaredAt, Optional<UUID> evidence) {
        store.addEvent(form, event, to, at, by, text, declaredAt, evidence);
        ledger.record(LedgerEvent.of("consent.form_changed", 1, form.contour(), "form", form.id().value(), at).personal("subject", form.taxpayerInn())
                .with("event", event).with("state", to).with("cause", Optional.ofNullable(event.cause())).with("declaredAt", declaredAt).with("evidence", evidence)
                .with("actor", by.account()).with("actorRole", by.role()).personal("text", text));
        List<UUID> one = List.of(form.id().value());
        events.tellForms(one, told(event, to), Optional.ofNullable(event.cause()), at);
        toTaxpayer(event, to).ifPresent(kind -> tidings.ofForms(one, kind, at, Optional.ofNullable(event.cause()), settles(event) ? text : ""));
    }

    /** Nothing where he did it himself. */
    private static Optional<TidingKind> toTaxpayer(FormEvent event, FormState to) {
        return switch (event) {
            case WITHDRAW, DISPUTE -> Optional.empty();
            case SETTLE_AS_GIVEN -> Optional.of(TidingKind.SETTLED);
            case REACH_EXPIRY -> Optional.of(TidingKind.EXPIRED);
            case REPORT_WITHDRAWAL, SETTLE_AS_NOT_GIVEN, DISCONNECT_PARTICIPANT, END_SUBJECT -> Optional.of(TidingKind.WITHDRAWN);
            case RECEIVE, REGISTER, REJECT -> throw new IllegalArgumentException(to.name());
        };
    }

    private static boolean settles(FormEvent event) {
        return event == FormEvent.SETTLE_AS_GIVEN || event == FormEvent.SETTLE_AS_NOT_GIVEN;
    }

    private static ConsentEventKind told(FormEvent event, FormState to) {
        return event == FormEvent.SETTLE_AS_GIVEN ? ConsentEventKind.SETTLED : switch (to) {
            case WITHDRAWN -> ConsentEventKind.WITHDRAWN;
            case DISPUTED -> ConsentEventKind.DISPUTED;
            case EXPIRED -> ConsentEventKind.EXPIRED;
            case RECEIVED, REGISTERED, REJECTED -> throw new IllegalArgumentException(event.name());
        };
    }
}
