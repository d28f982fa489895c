package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionChanged;
import org.kopuro.access.ConnectionView;
import org.kopuro.kernel.Contour;

/** What taxpayers are told about their consents, in the cabinet; written in the transaction of what it tells of. */
@Stateless
public class Tidings {

    private static final int PAGE_MAX = 1000;

    @Inject
    private TidingStore store;

    /** The newest first; {@code before} is the last one of the page that was read. */
    public List<Tiding> of(Taxpayer taxpayer, Optional<UUID> before, int limit) {
        return store.list(taxpayer, before, page(limit));
    }

    /** Who presented tokens that were made for others, for the security officer (P10); the newest first. */
    public List<Tiding> strangers(Contour contour, int limit) {
        return store.strangers(contour, page(limit));
    }

    /**
     * A token of this contour was presented by a subsystem that it is not bound to. Told once an hour for each such subsystem (CON-45): whoever repeats it fills nothing.
     *
     * @param presentation whose ledger entry has this id, too; the tiding gets it
     * @param token        empty where nobody here made it, and nobody is told: by the same statement, so that its time says nothing
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void stranger(UUID presentation, Optional<UUID> token, UUID participant, UUID subsystem, Instant at) {
        store.addStranger(presentation, token, participant, subsystem, at, at.truncatedTo(ChronoUnit.HOURS));
    }

    /**
     * What became of form consents; of those alone that were registered.
     *
     * @param text the authority's reason
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ofForms(Collection<UUID> forms, TidingKind kind, Instant at, Optional<String> cause, String text) {
        store.addOfForms(kind, forms, at, cause, text, at.toString());
    }

    /** The authority answered a complaint about the participant that the token was given to (CON-158). */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void complaintAnswered(TokenId token, UUID complaint, String answer, Instant at) {
        store.addComplaintAnswered(token, complaint, answer, at);
    }

    /** P09, CON-87: what its participant's connection means for a token. */
    public void follow(@Observes ConnectionChanged news) {
        ConnectionView connection = news.connection();
        switch (news.event()) {
            case SUSPEND, SUSPENSION_DUE, AGREEMENT_EXPIRED -> store.addOf(connection, TidingKind.PARTICIPANT_SUSPENDED, Optional.empty());
            case RESTORE, AGREEMENT_RENEWED -> store.addOf(connection, TidingKind.PARTICIPANT_RESTORED, Optional.empty());
            case ANNOUNCE_TERMINATION -> store.addOf(connection, TidingKind.TERMINATION_ANNOUNCED, connection.announcedFor());
            case WITHDRAW_TERMINATION -> store.addOf(connection, TidingKind.TERMINATION_WITHDRAWN, Optional.empty());
            // A disconnection revokes, and every revocation is told as such; what is announced of a suspension stops nothing yet.
            case CONNECT, ANNOUNCE_SUSPENSION, WITHDRAW_SUSPENSION, TERMINATION_DUE, AGREEMENT_NOT_RENEWED, DISCONNECT, FORCE_DISCONNECTION, LIQUIDATE -> { }
        }
    }

    private static int page(int limit) {
        return Math.max(1, Math.min(limit, PAGE_MAX));
    }
}
