package org.kopuro.notices;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SmtpSettings;

/**
 * Sends what is due, over one connection for each batch. Outside a transaction: while a mail server is waited for, no connection to the
 * database is held. A node that dies here leaves its leases to run out, and what it sent and could not record is sent a second time.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeliveryRound {

    private static final Logger LOG = Logger.getLogger(DeliveryRound.class.getName());
    /** A turn ends even if letters become due faster than they are sent; the next one follows in seconds. */
    private static final int BATCHES_MAX = 50;
    /** More than one letter may take. */
    private static final Duration MARGIN = Duration.ofMinutes(4);

    @Inject
    private Outbox outbox;
    @Inject
    private MailCircuit circuit;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    public DeliveryRound() {
    }

    DeliveryRound(Outbox outbox, MailCircuit circuit, Installation installation, Clock clock) {
        this.outbox = outbox;
        this.circuit = circuit;
        this.installation = installation;
        this.clock = clock;
    }

    /** How many letters the mail server took. */
    public int turn() {
        Optional<SmtpSettings> settings = installation.smtp();
        if (settings.isEmpty() || circuit.isOpen(clock.instant())) {
            return 0;
        }
        int sent = 0;
        for (int batches = 0; batches < BATCHES_MAX; batches++) {
            Instant begun = clock.instant();
            List<Letter> letters = outbox.claim();
            if (letters.isEmpty()) {
                return sent;
            }
            int taken = send(letters, settings.get(), begun.plus(Outbox.LEASE).minus(MARGIN));
            if (taken < 0) {
                return sent + ~taken;
            }
            sent += taken;
        }
        return sent;
    }

    /** How many were taken; as its complement where the turn is to end here. */
    private int send(List<Letter> letters, SmtpSettings settings, Instant stopAt) {
        int sent = 0;
        boolean goOn = true;
        try (MailServer server = MailServer.connect(settings)) {
            if (circuit.worked()) {
                LOG.log(Level.INFO, "The mail server {0} takes letters again.", settings);
            }
            outbox.serverWorks();
            for (Letter letter : letters) {
                if (clock.instant().isAfter(stopAt)) {
                    goOn = false;
                    break;
                }
                Outcome outcome = attempt(server, letter);
                outbox.record(letter, outcome);
                if (outcome.kind() == Outcome.Kind.SENT) {
                    sent++;
                } else if (outcome.kind() == Outcome.Kind.BROKEN) {
                    goOn = false;
                    break;
                }
            }
        } catch (MailServer.Unusable e) {
            if (circuit.failed(clock.instant())) {
                LOG.log(Level.WARNING, "The mail server {0} cannot be used, letters wait: {1}", new Object[] {settings, e.problem()});
            }
            outbox.serverFailed(e.problem().name());
            goOn = false;
        }
        if (!goOn) {
            outbox.release(letters.get(0).lease());
        }
        if (sent > 0) {
            outbox.sentSomething();
        }
        return goOn ? sent : ~sent;
    }

    /** A letter that trips our own code must not keep the others waiting at every turn. */
    private static Outcome attempt(MailServer server, Letter letter) {
        try {
            return server.send(letter);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "The delivery " + letter.delivery() + " could not be tried", e);
            return Outcome.of(Outcome.Kind.BROKEN, Problem.DEFECT.name());
        }
    }
}
