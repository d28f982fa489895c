package org.kopuro.notices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/**
 * A notice to be written: its kind and facts, and whom it goes to. What is wrong with it is a defect of who writes it, found by that
 * one's tests; what the facts say is limited and made harmless, never refused, because a decision must not fail for its notice.
 */
public final class NewNotice {

    public static final int RECIPIENTS_MAX = 20;
    /** The procedure of what concerns none. */
    public static final String ANY_PROCEDURE = "*";

    final NoticeKind kind;
    final String dedupKey;
    final String aboutKind;
    final UUID aboutId;
    final Language language;
    String procedure = ANY_PROCEDURE;
    Optional<String> head = Optional.empty();
    Optional<UUID> participant = Optional.empty();
    Optional<Contour> contour = Optional.empty();
    Optional<Instant> dueAt = Optional.empty();
    boolean oneTime;
    final List<String> recipients = new ArrayList<>();
    private final Map<String, String> facts = new HashMap<>();

    private NewNotice(NoticeKind kind, String dedupKey, String aboutKind, UUID aboutId, Language language) {
        this.kind = Objects.requireNonNull(kind);
        this.dedupKey = Objects.requireNonNull(dedupKey);
        this.aboutKind = Objects.requireNonNull(aboutKind);
        this.aboutId = Objects.requireNonNull(aboutId);
        this.language = Objects.requireNonNull(language);
    }

    /**
     * A notice about a record.
     *
     * @param dedupKey the same for what must be told once, for example kind, record and the state reached; at most 200 characters
     */
    public static NewNotice of(NoticeKind kind, String dedupKey, String aboutKind, UUID aboutId, Language language) {
        return new NewNotice(kind, dedupKey, aboutKind, aboutId, language);
    }

    /** The procedure's code, which chooses the text. */
    public NewNotice under(String code) {
        procedure = Objects.requireNonNull(code);
        return this;
    }

    /** What comes before its subject, as the procedure heads letters of that purpose ({@link Heading}). */
    public NewNotice headed(String template) {
        head = Optional.of(template);
        return this;
    }

    /** Whose cabinet shows it; without one it goes by mail alone. */
    public NewNotice inCabinetOf(UUID owner) {
        participant = Optional.of(owner);
        return this;
    }

    /** Concerns this contour; else both. */
    public NewNotice in(Contour only) {
        contour = Optional.of(only);
        return this;
    }

    /** The moment by which it must have gone out. */
    public NewNotice due(Instant by) {
        dueAt = Optional.of(by);
        return this;
    }

    /** Whether mail can go there at all, for whoever keeps addresses. */
    public static boolean canGoTo(String address) {
        return MailAddress.of(address).isPresent();
    }

    /** Mail addresses; the same one twice gets one letter. An address that cannot be one is kept as rejected, for the officer to see. */
    public NewNotice to(Collection<String> addresses) {
        recipients.addAll(addresses);
        if (recipients.size() > RECIPIENTS_MAX) {
            throw new IllegalArgumentException("A notice goes to at most " + RECIPIENTS_MAX + " addresses.");
        }
        return this;
    }

    public NewNotice to(String address) {
        return to(List.of(address));
    }

    /** A fact of the kind, in the notice's language; one that is not known stays away or is empty. */
    public NewNotice with(String fact, String value) {
        if (!kind.facts().contains(fact)) {
            throw new IllegalArgumentException(kind + " knows no fact " + fact + ".");
        }
        facts.put(fact, value == null ? "" : value);
        return this;
    }

    /**
     * A fact that ends with a secret of this notice, such as a link: written nowhere, and told by the letters alone. The cabinet shows that it is missing.
     * Whoever has to know it again asks {@link Notices#secretOf}.
     */
    public NewNotice withSecret(String fact, String before) {
        oneTime = true;
        return with(fact, before + NoticeSecrets.MARK);
    }

    public NewNotice with(Map<String, String> values) {
        values.forEach(this::with);
        return this;
    }

    Map<String, String> facts() {
        for (String name : kind.required()) {
            if (facts.getOrDefault(name, "").isBlank()) {
                throw new IllegalArgumentException(kind + " needs the fact " + name + ".");
            }
        }
        return facts;
    }
}
