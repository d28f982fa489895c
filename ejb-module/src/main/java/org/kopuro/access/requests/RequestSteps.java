package org.kopuro.access.requests;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.NewObligation;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** One event of a request, with what always goes with it: the ledger's entry, the letter, and what is owed. */
@Dependent
class RequestSteps {

    @Inject
    private RequestStore store;
    @Inject
    private RequestLetters letters;
    @Inject
    private Decisions decisions;
    @Inject
    private Obligations obligations;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Locked, in a state that allows the event. */
    RequestView forChange(RequestId id, Contour contour, RequestEvent event) {
        RequestView request = store.findForChange(id.value()).filter(found -> found.contour() == contour)
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "request"));
        request.state().on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", request.state(), event));
        return request;
    }

    /** Nothing is owed any more; what was done by this counts as met. */
    RequestView end(RequestView request, RequestEvent event, Actor by, String text, DeadlineRule... met) {
        RequestView ended = close(request, event, by, text, met);
        letters.tell(ended, event, text);
        return ended;
    }

    RequestView close(RequestView request, RequestEvent event, Actor by, String text, DeadlineRule... met) {
        RequestView closed = apply(request, event, by, text);
        obligations.meet(about(request), met);
        obligations.drop(about(request));
        return closed;
    }

    RequestView apply(RequestView request, RequestEvent event, Actor by, String text) {
        store.addEvent(request, event, request.state().on(event).orElseThrow(), clock.instant(), by, text);
        RequestView changed = store.find(request.id().value()).orElseThrow();
        tell(changed, event, by);
        return changed;
    }

    void tell(RequestView request, RequestEvent event, Actor by) {
        ledger.record(LedgerEvent.of("access.request_changed", 1, request.contour(), "request", request.id().value(), request.since())
                .with("participant", request.participant().value()).with("procedure", request.procedure()).with("version", request.version()).with("kind", request.kind())
                .with("event", event).with("state", request.state()).with("causes", request.causes().stream().map(Cause::code).toList())
                .with("actor", by.account()).with("actorRole", by.role()));
    }

    void open(RequestView request, Procedure procedure, DeadlineRule rule, Instant from) {
        obligations.open(new NewObligation(about(request), request.contour(), request.participant(), procedure, rule, from));
    }

    /** Nothing is owed yet where the decision is counted from an agreement that nobody has signed. */
    void openDecision(RequestView request, Procedure procedure, Instant from) {
        DeadlineRule rule = decisionRule(request);
        decisions.countedFrom(request, procedure, rule, from).ifPresent(moment -> open(request, procedure, rule, moment));
    }

    static About about(RequestView request) {
        return About.request(request.id().value());
    }

    static DeadlineRule decisionRule(RequestView request) {
        return switch (request.kind()) {
            case CONNECT -> request.contour() == Contour.TEST ? DeadlineRule.DECIDE_TEST : DeadlineRule.DECIDE_PRODUCTION;
            case JOINT_TEST -> DeadlineRule.DECIDE_JOINT_TEST;
            case RESTORE -> DeadlineRule.DECIDE_RESTORATION;
            case DISCONNECT -> DeadlineRule.DISCONNECT_ON_REQUEST;
            case CHANGE -> DeadlineRule.DECIDE_CHANGE;
        };
    }
}
