package org.kopuro.consent;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

@Entity
@Table(schema = "consent", name = "token")
class Token {

    @Id
    UUID id;
    @Enumerated(EnumType.STRING)
    Contour contour;
    @Column(name = "taxpayer_inn")
    String taxpayerInn;
    @Column(name = "participant_id")
    UUID participantId;
    @Column(name = "subsystem_id")
    UUID subsystemId;
    byte[] lookup;
    @Column(name = "pepper_number")
    short pepperNumber;
    @Column(name = "last_four")
    String lastFour;
    @Enumerated(EnumType.STRING)
    TokenState state;
    String cause;
    @Column(name = "issued_at")
    Instant issuedAt;
    @Column(name = "expires_at")
    Instant expiresAt;
    @Column(name = "ended_at")
    Instant endedAt;
    @Column(name = "text_version")
    String textVersion;
    @Enumerated(EnumType.STRING)
    @Column(name = "text_language")
    Language textLanguage;
    @Column(name = "text_sha256")
    byte[] textSha256;
    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(schema = "consent", name = "token_service", joinColumns = @JoinColumn(name = "token_id"))
    @Column(name = "service_code")
    Set<String> services = new TreeSet<>();

    protected Token() {
    }

    void apply(TokenEvent event, Instant at) {
        TokenState present = stateAt(at);
        TokenState next = present.on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", present, event));
        state = next;
        cause = event.cause();
        endedAt = next.isTerminal() ? at : null;
    }

    /** Expiry counts from its instant on, whether or not it has been written down. */
    TokenState stateAt(Instant at) {
        return state.at(expiresAt, at);
    }
}
