package org.kopuro.notices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/**
 * What became of letters that the mail server took (ACC-80): taken from reports of mail systems, or from an officer who has read one. A letter that came back was not sent: nobody was told by it.
 */
@Stateless
public class DeliveryReports {

    /** A report repeats at most the head of a letter. */
    public static final int OCTETS_MAX = 64 * 1024;

    @Inject
    private NoticeStore store;
    @Inject
    private ReportStore reports;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * Takes a report as it came to the sender's mailbox; the same one twice is once.
     *
     * @param receivedAt empty: just now
     * @return the delivery's state after it
     */
    public DeliveryState take(byte[] message, Optional<Instant> receivedAt, Contour contour, Actor by) {
        if (message.length > OCTETS_MAX) {
            throw Refusal.of(InputRefusal.REQUEST_TOO_LARGE, "report", OCTETS_MAX);
        }
        ReturnedMail report = ReturnedMail.read(message).orElseThrow(() -> Refusal.of(NoticeRefusal.REPORT_UNREADABLE, "report"));
        return record(report, Optional.of(sha256(message)), receivedAt, contour, by);
    }

    /** Records what somebody read of a letter that came back. */
    public DeliveryState bounced(UUID delivery, Optional<String> status, Optional<Instant> receivedAt, Contour contour, Actor by) {
        if (status.filter(code -> !ReturnedMail.STATUS.matcher(code).matches()).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "status");
        }
        return record(new ReturnedMail(delivery, ReportAction.FAILED, status, Optional.of(ReturnedMail.problem(Optional.empty(), status))), Optional.empty(), receivedAt, contour, by);
    }

    private DeliveryState record(ReturnedMail report, Optional<byte[]> digest, Optional<Instant> receivedAt, Contour contour, Actor by) {
        Instant now = clock.instant();
        Instant received = receivedAt.orElse(now);
        if (received.isAfter(now)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "receivedAt");
        }
        NoticeStore.Sending before = store.getForChange(report.delivery(), contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "delivery"));
        DeliveryState after = before.state().on(report.action())
                .orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "delivery", before.state(), report.action()));
        if (!reports.add(report, received, now, digest, by)) {
            return before.state();
        }
        if (after != before.state()) {
            reports.bounced(report.delivery(), report.problem().orElseThrow(), received);
        } else if (report.action() == ReportAction.DELIVERED && after == DeliveryState.SENT) {
            reports.delivered(report.delivery(), received);
        }
        ledger.record(LedgerEvent.of("notices.delivery_reported", 1, "delivery", report.delivery(), now).with("notice", before.notice()).with("action", report.action())
                .with("status", report.status()).with("state", after).with("actor", by.account()).with("actorRole", by.role()));
        return after;
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
