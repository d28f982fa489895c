package org.kopuro.notices;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Writes notices, shows them in the cabinet, and tells officers which have not arrived. */
@Stateless
public class Notices {

    private static final Logger LOG = Logger.getLogger(Notices.class.getName());
    static final int PAGE_MAX = 200;
    /** So long before it must have gone out, a notice that has not is listed. */
    static final Duration WARNING = Duration.ofHours(8);
    /** A letter that was written a moment ago is not late yet. */
    static final Duration ON_ITS_WAY = Duration.ofMinutes(10);
    /** So long it is nobody's business that a mailbox does not answer. */
    static final Duration PATIENCE = Duration.ofDays(3);

    @Inject
    private NoticeStore store;
    @Inject
    private NoticeSecrets secrets;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /**
     * Writes the notice in the caller's transaction: both are committed, or neither. Asks no mail server.
     *
     * @return its id; that of the first one where the dedup key was used before
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public UUID write(NewNotice notice) {
        return write(List.of(notice)).get(0);
    }

    /**
     * Writes many as {@link #write(NewNotice)} does one, and in as many statements.
     *
     * @return their ids, in the same order
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public List<UUID> write(List<NewNotice> notices) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Installation.ZONE);
        Map<List<?>, NoticeStore.Text> texts = new HashMap<>();
        return store.add(notices.stream().map(notice -> worded(notice, texts.computeIfAbsent(List.of(notice.kind, notice.procedure, notice.language),
                key -> store.template(notice.kind, notice.procedure, notice.language, today)
                        .orElseThrow(() -> new IllegalStateException("There is no text of " + notice.kind + " in " + notice.language + "."))))).toList(), now);
    }

    private static NoticeStore.Written worded(NewNotice notice, NoticeStore.Text text) {
        Map<String, String> facts = notice.facts();
        String subject;
        String body;
        try {
            String head = notice.head.map(template -> Heading.filled(template, facts)).orElse("");
            subject = Wording.joined(head, Wording.line(text.subject(), facts, notice.kind.facts()));
            body = Wording.block(text.body(), facts, notice.kind.facts());
        } catch (RuntimeException e) {
            if (!Wording.isOfText(e)) {
                throw e;
            }
            // Published around the check. The decision stands, and what it says is told all the same.
            LOG.log(Level.SEVERE, "The text of {0} for {1} in {2} cannot be filled and must be replaced; the facts are sent without it.",
                    new Object[] {notice.kind, notice.procedure, notice.language});
            subject = Wording.oneLine(notice.kind + " " + facts.get("number"));
            body = Wording.plain(notice.kind, facts);
        }
        Map<String, String> addresses = new LinkedHashMap<>();
        notice.recipients.stream().map(Wording::oneLine).filter(address -> !address.isEmpty())
                .forEach(address -> addresses.putIfAbsent(address.toLowerCase(Locale.ROOT), address));
        return new NoticeStore.Written(UUID.randomUUID(), notice, subject, body, List.copyOf(addresses.values()));
    }

    public NoticeView get(UUID notice) {
        return store.find(notice).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "notice"));
    }

    /**
     * The participant's notices of the contour and of both, newest first.
     *
     * @param before the id of the last notice of the page before
     */
    public List<NoticeView> forParticipant(UUID participant, Contour contour, Optional<UUID> before, int limit) {
        return store.ofParticipant(participant, contour, before, Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /** What nobody of the participant has opened yet, of the contour and of both, oldest first: a system that polls misses none. */
    public List<NoticeView> unread(UUID participant, Contour contour, int limit) {
        return store.unread(participant, contour, Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /** The notices about a record, oldest first. */
    public List<NoticeView> about(String aboutKind, UUID aboutId) {
        return store.about(aboutKind, aboutId, PAGE_MAX);
    }

    /** Somebody of the participant opened it; the first time counts. */
    public void markRead(UUID participant, Contour contour, UUID notice) {
        if (!store.markRead(participant, contour, notice, clock.instant())) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "notice");
        }
    }

    /** What has not arrived and should be looked at: the most urgent first. */
    public List<StuckDelivery> stuck(Contour contour, int limit) {
        Instant now = clock.instant();
        return store.stuck(contour, now, Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /**
     * Sends again, at once: what waits is not waited for any longer; what was rejected, or sent and not found, gets a delivery of its own.
     *
     * @param newAddress instead of the old one, which is then not tried any more
     * @return the delivery that is now on its way
     */
    public UUID resend(UUID delivery, Optional<String> newAddress) {
        Instant now = clock.instant();
        NoticeStore.Sending old = store.getForChange(delivery).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "delivery"));
        if (old.superseded()) {
            throw Refusal.of(NoticeRefusal.DELIVERY_ALREADY_REPLACED, "delivery");
        }
        String address = newAddress.orElse(old.address());
        if (MailAddress.of(address).isEmpty()) {
            throw Refusal.of(NoticeRefusal.ADDRESS_NOT_POSSIBLE, "address");
        }
        if (old.state() == DeliveryState.PENDING && address.equalsIgnoreCase(old.address())) {
            store.hurry(delivery, now);
            return delivery;
        }
        return store.replace(delivery, old.notice(), address, now);
    }

    /** The secret that the letters of a notice tell: 256 bits in 43 characters. For whoever wrote it, to keep its hash; never to be shown to anybody. */
    public String secretOf(UUID notice) {
        return secrets.of(store.secretKey(notice).orElseThrow(() -> new IllegalStateException("The notice " + notice + " tells no secret.")), notice);
    }

    public MailState mailState() {
        return store.mailState(installation.smtp().isPresent());
    }
}
