package org.kopuro.notices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.FourEyes;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/**
 * Publishes the texts of notices by four eyes: one official proposes, another approves (§3, ACC-82). What was published stays, and notices that are written stay
 * as they were. Texts are of both contours, so that only officials of PRODUCTION do it where the installation has that.
 */
@Stateless
public class NoticeTemplates {

    @Inject
    private NoticeStore notices;
    @Inject
    private TemplateStore store;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** What would stop its publication stops the proposal. From its day on, notices of its kind, procedure and language are written from this text. */
    public TemplateProposal propose(NewTemplate template, String reason, Contour contour, Actor by) {
        requireContour(contour);
        String why = Input.text(reason, "reason", 1000);
        requireFits(template);
        UUID id = UUID.randomUUID();
        store.add(id, template, why, by.account().orElseThrow(), clock.instant());
        TemplateProposal proposal = store.forChange(id).orElseThrow();
        tell(proposal, "PROPOSED", by, why);
        return proposal;
    }

    /** Publishes what another official proposed; refused where its day has gone by. */
    public TemplateView approve(UUID id, Contour contour, Actor by) {
        requireContour(contour);
        TemplateProposal proposal = forChange(id, "APPROVE");
        UUID account = FourEyes.another(proposal.proposedBy(), by, NoticeRefusal.TEMPLATE_OWN_PROPOSAL);
        TemplateView text = proposal.text();
        // Anew: what a kind knows may have changed with a release since.
        NewTemplate template = new NewTemplate(text.kind(), text.procedure(), text.language(), text.validFrom(), text.subject(), text.body());
        requireFits(template);
        store.decide(id, TemplateProposal.Outcome.APPROVED, Optional.empty(), account, clock.instant());
        if (!notices.add(template)) {
            throw taken(template);
        }
        tell(proposal, TemplateProposal.Outcome.APPROVED.name(), by, "-");
        return text;
    }

    /** Rejects what another proposed, or takes back one's own. */
    public void reject(UUID id, Contour contour, String remark, Actor by) {
        requireContour(contour);
        TemplateProposal proposal = forChange(id, "REJECT");
        String why = Input.text(remark, "remark", 1000);
        store.decide(id, TemplateProposal.Outcome.REJECTED, Optional.of(why), by.account().orElseThrow(), clock.instant());
        tell(proposal, TemplateProposal.Outcome.REJECTED.name(), by, why);
    }

    /** What waits for a decision, the oldest first. */
    public List<TemplateProposal> open() {
        return store.open();
    }

    /** All texts of the kind, the newest first; those of a day to come among them. */
    public List<TemplateView> published(NoticeKind kind) {
        return store.published(kind);
    }

    private void requireFits(NewTemplate template) {
        if (template.validFrom().isBefore(LocalDate.ofInstant(clock.instant(), Installation.ZONE))) {
            throw Refusal.of(NoticeRefusal.TEMPLATE_IN_THE_PAST, "validFrom");
        }
        if (store.isPublished(template)) {
            throw taken(template);
        }
    }

    private static Refusal taken(NewTemplate template) {
        return Refusal.of(NoticeRefusal.TEMPLATE_ALREADY_PUBLISHED, "validFrom", template.validFrom());
    }

    private TemplateProposal forChange(UUID id, String event) {
        return FourEyes.undecided(store.forChange(id), TemplateProposal::outcome, event);
    }

    private void requireContour(Contour contour) {
        installation.requireForBoth(contour, NoticeRefusal.TEMPLATE_NOT_OF_THIS_CONTOUR);
    }

    private void tell(TemplateProposal proposal, String event, Actor by, String reason) {
        TemplateView text = proposal.text();
        ledger.record(LedgerEvent.of("notices.template_proposal_changed", 1, "template_proposal", proposal.id(), clock.instant()).with("event", event).with("kind", text.kind())
                .with("procedure", text.procedure()).with("language", text.language()).with("validFrom", text.validFrom()).with("textSha256", sha256(text.subject() + "\n" + text.body()))
                .with("actor", by.account()).with("actorRole", by.role()).personal("reason", reason));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
