package org.kopuro.access.agreements;

import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionChanged;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** Drafts, signs and amends agreements, and has them follow their connections. What the clock brings about is {@link AgreementDates}' part. */
@Stateless
public class Agreements {

    /** TEST needs no agreement. */
    public static final Contour CONTOUR = Contour.PRODUCTION;
    private static final int DOCUMENTS_MAX = 200;

    @Inject
    private AgreementStore store;
    @Inject
    private AgreementChanges changes;
    @Inject
    private AgreementNotices notices;
    @Inject
    private Connections connections;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Obligations obligations;
    @Inject
    private Documents documents;
    @Inject
    private Event<AgreementBeingSigned> signing;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Begins an agreement (ACC-T40). Whoever has one from before the order has been connected already, and needs no TEST. */
    public AgreementView draft(NewAgreement agreement, Actor by) {
        participants.get(agreement.participant());
        Instant at = clock.instant();
        Procedure procedure = procedures.inForce(agreement.procedure(), clock.instant());
        if (!procedure.agreementRequired()) {
            throw Refusal.of(AgreementRefusal.AGREEMENT_NOT_FORESEEN, "procedure");
        }
        if (!agreement.legacy() && connections.of(agreement.participant(), Contour.TEST).stream()
                .noneMatch(connection -> connection.procedure().equals(procedure.code()) && connection.state().passesCalls())) {
            throw Refusal.of(AccessRefusal.PARTICIPANT_NOT_CONNECTED, "participant");
        }
        UUID id = UUID.randomUUID();
        store.add(id, agreement, procedure, at, by);
        AgreementView drafted = store.find(id).orElseThrow();
        changes.tell(drafted, AgreementEvent.DRAFT, by, agreement.number());
        return drafted;
    }

    /** Attaches a file while the agreement can be signed or amended. What is signed is one of its files. */
    public AgreementDocument attach(AgreementId id, Contour contour, Upload upload, Actor by) {
        AgreementView agreement = changes.hold(get(id, contour)).agreement();
        if (agreement.state().on(AgreementEvent.SIGN).isEmpty() && agreement.state().on(AgreementEvent.AMEND).isEmpty()) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", agreement.state(), AgreementEvent.AMEND);
        }
        if (store.documents(id.value()).size() >= DOCUMENTS_MAX) {
            throw Refusal.of(AgreementRefusal.AGREEMENT_DOCUMENTS_TOO_MANY, "file", DOCUMENTS_MAX);
        }
        Instant at = clock.instant();
        DocumentView document = documents.store(upload, by.account().map(UUID::toString).orElse(by.role()));
        store.addDocument(agreement, document, at);
        ledger.record(LedgerEvent.of("access.agreement_document_attached", 1, agreement.contour(), "agreement", id.value(), at).with("document", document.id())
                .with("sha256", document.sha256()).with("actor", by.account()).with("actorRole", by.role()));
        return store.documents(id.value()).stream().filter(one -> one.document().equals(document.id())).findFirst().orElseThrow();
    }

    /** Its files in the order of their attachment. Who may see drafts is the caller's to decide. */
    public List<AgreementDocument> documents(AgreementId id, Contour contour) {
        return store.documents(get(id, contour).id().value());
    }

    /** Both have signed (ACC-T41). A renewal restores what the end of the former agreement suspended (ACC-T33). */
    public AgreementView sign(AgreementId id, Contour contour, AgreementTerms terms, Actor by) {
        AgreementView draft = get(id, contour);
        signing.fire(new AgreementBeingSigned(draft.participant(), draft.procedure(), clock.instant()));
        AgreementView signed = agree(id, contour, AgreementEvent.SIGN, terms, "№ " + draft.number(), by);
        store.ofStateForChange(signed.participant(), signed.procedure(), AgreementState.EXPIRED)
                .forEach(former -> obligations.meet(About.agreement(former.id().value()), DeadlineRule.RENEW_AGREEMENT));
        return signed;
    }

    /** Both have signed an amendment (ACC-T42): all that holds from now on. The term keeps its first day. */
    public AgreementView amend(AgreementId id, Contour contour, AgreementTerms terms, String whatChanged, Actor by) {
        return agree(id, contour, AgreementEvent.AMEND, terms, Input.text(whatChanged, "reason", 1000), by);
    }

    private AgreementView agree(AgreementId id, Contour contour, AgreementEvent event, AgreementTerms terms, String reason, Actor by) {
        AgreementChanges.Held held = changes.hold(get(id, contour));
        AgreementView agreement = held.agreement();
        agreement.state().on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", agreement.state(), event));
        LocalDate today = changes.today(agreement);
        requireTimely(terms, today);
        requireConfirmed(agreement, terms);
        requireNotices(agreement, terms);
        agreement.terms().ifPresentOrElse(former -> requireSameTerm(agreement, former, terms), () -> requireLegacyDay(agreement, terms));
        store.addVersion(agreement, terms);
        AgreementView agreed = changes.apply(agreement, event, by, reason, Optional.of(agreement.version() + 1));
        notices.inForce(agreed, event == AgreementEvent.AMEND ? Optional.of(reason) : Optional.empty());
        if (agreed.inForceOn(today)) {
            changes.takeEffect(agreed, held.connection(), by, reason);
        }
        return agreed;
    }

    private static void requireTimely(AgreementTerms terms, LocalDate today) {
        if (terms.signedOn().isAfter(today)) {
            throw Refusal.of(AgreementRefusal.AGREEMENT_SIGNED_IN_THE_FUTURE, "signedOn");
        }
        if (terms.overOn(today)) {
            throw Refusal.of(AgreementRefusal.AGREEMENT_TERM_OVER, "lastDay");
        }
    }

    /** The order demands them, and an agreement from before it could not know. The database asks the same of the event. */
    private static void requireConfirmed(AgreementView agreement, AgreementTerms terms) {
        Set<ConfirmedDuty> missing = EnumSet.allOf(ConfirmedDuty.class);
        missing.removeAll(terms.confirmations());
        if (!agreement.legacy() && !missing.isEmpty()) {
            throw Refusal.of(AgreementRefusal.AGREEMENT_CONFIRMATION_MISSING, "confirmations", missing.stream().map(Enum::name).collect(Collectors.joining(", ")));
        }
    }

    /** §6: of an agreement from before the order nobody knows where. The database asks the same of the event. */
    private static void requireNotices(AgreementView agreement, AgreementTerms terms) {
        if (agreement.legacy()) {
            return;
        }
        if (terms.noticeEmail().isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "noticeEmail");
        }
        if (terms.suspensionBasis().isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "suspensionBasis");
        }
    }

    /** A first day that moved would open or close what was in between. */
    private static void requireSameTerm(AgreementView agreement, AgreementTerms former, AgreementTerms terms) {
        if (!terms.firstDay().equals(former.firstDay())) {
            throw Refusal.of(AgreementRefusal.AGREEMENT_TERM_INVALID, "firstDay");
        }
        boolean longer = former.lastDay().isPresent() && (terms.lastDay().isEmpty() || terms.lastDay().get().isAfter(former.lastDay().get()));
        if (agreement.legacy() && longer) {
            throw Refusal.of(AgreementRefusal.LEGACY_TERM_NOT_EXTENDED, "lastDay");
        }
    }

    private void requireLegacyDay(AgreementView agreement, AgreementTerms terms) {
        if (agreement.legacy() && !terms.signedOn().isBefore(procedures.firstDay(agreement.procedure()))) {
            throw Refusal.of(AgreementRefusal.NOT_A_LEGACY_AGREEMENT, "signedOn");
        }
    }

    /** ACC-T43 to ACC-T45, in the transaction of ACC-T29 to ACC-T31. Whoever is disconnected owes no renewal. */
    public void follow(@Observes ConnectionChanged news) {
        ConnectionView connection = news.connection();
        if (connection.contour() != CONTOUR) {
            return;
        }
        switch (news.event()) {
            case ANNOUNCE_TERMINATION -> follow(connection, AgreementState.IN_FORCE, AgreementEvent.ANNOUNCE_TERMINATION, news.by());
            case DATE_MOVED -> followAnnounced(connection, AgreementEvent.DATE_MOVED, news.by());
            case WITHDRAW_TERMINATION -> follow(connection, AgreementState.TERMINATION_ANNOUNCED, AgreementEvent.WITHDRAW_TERMINATION, news.by());
            case TERMINATION_DUE -> followAnnounced(connection, AgreementEvent.TERMINATION_DUE, news.by());
            default -> { }
        }
        if (connection.state() == ConnectionState.DISCONNECTED) {
            store.ofStateForChange(connection.participant(), connection.procedure(), AgreementState.EXPIRED).forEach(former -> obligations.drop(About.agreement(former.id().value())));
        }
    }

    /** What another connection's letters announced has a day of its own. */
    private void followAnnounced(ConnectionView connection, AgreementEvent event, Actor by) {
        store.ofStateForChange(connection.participant(), connection.procedure(), AgreementState.TERMINATION_ANNOUNCED).stream()
                .filter(agreement -> store.announcement(agreement).connection().equals(connection.id()))
                .forEach(agreement -> changes.follow(agreement, event, by, connection));
    }

    /** A renewal that was signed ahead shares the fate of what it renews. */
    private void follow(ConnectionView connection, AgreementState state, AgreementEvent event, Actor by) {
        store.ofStateForChange(connection.participant(), connection.procedure(), state)
                .forEach(agreement -> changes.follow(agreement, event, by, connection));
    }

    /** The services that no agreement in force lists, or the procedure where there is none at all; empty where all are covered. */
    public Optional<String> uncovered(ParticipantId participant, String procedure, Collection<String> services) {
        Collection<String> missing = new TreeSet<>(services);
        LocalDate today = today(procedure);
        Optional<AgreementView> agreement = store.inForceFrom(participant, procedure, today).stream().filter(found -> found.inForceOn(today)).findFirst();
        agreement.flatMap(AgreementView::terms).ifPresent(terms -> missing.removeAll(terms.services()));
        return agreement.isPresent() && missing.isEmpty() ? Optional.empty() : Optional.of(missing.isEmpty() ? procedure : String.join(", ", missing));
    }

    /** When the agreement was signed that is in force today, or will be; of several the earliest. */
    public Optional<Instant> signedAt(ParticipantId participant, String procedure) {
        return store.signedAt(participant, procedure, today(procedure));
    }

    /** A legacy agreement that is in force today. */
    public AgreementView requireLegacy(AgreementId id, Contour contour) {
        AgreementView agreement = get(id, contour);
        if (!agreement.legacy()) {
            throw Refusal.of(AgreementRefusal.NOT_A_LEGACY_AGREEMENT, "agreement");
        }
        if (!agreement.inForceOn(changes.today(agreement))) {
            throw Refusal.of(AccessRefusal.AGREEMENT_MISSING, "agreement", agreement.procedure());
        }
        return agreement;
    }

    public AgreementView get(AgreementId id, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "agreement"));
    }

    /** As it was under each of its versions, the newest first; none of a draft. */
    public List<AgreementView> versions(AgreementId id, Contour contour) {
        return store.versions(get(id, contour).id().value());
    }

    /** Drafts first, then the latest term. */
    public List<AgreementView> of(ParticipantId participant, Contour contour) {
        return store.of(participant, contour);
    }

    private LocalDate today(String procedure) {
        return calendars.get(procedures.calendar(procedure)).dayOf(clock.instant());
    }
}
