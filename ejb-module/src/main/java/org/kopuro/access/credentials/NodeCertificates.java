package org.kopuro.access.credentials;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.SignedIn;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.CertificateState;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.NewCertificate;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;

/**
 * The certificates of a participant's own subsystems, in the hands of its node administrator. In TEST it registers them itself, when their keys have signed a challenge;
 * in PRODUCTION the authority does, from a letter, because such a certificate stands for the participant's signature. Blocking is anybody's at once who fears for a key;
 * only the authority unblocks.
 */
@Stateless
public class NodeCertificates {

    /** [data] Of one subsystem in one contour, those that are good. */
    static final int CERTIFICATES_MAX = 10;
    /** [data] A key may lie on another machine, with another person. */
    static final Duration CHALLENGE_VALIDITY = Duration.ofHours(24);
    static final int CHALLENGES_A_DAY_MAX = 50;

    @Inject
    private ChallengeStore challenges;
    @Inject
    private ApiAccounts accounts;
    @Inject
    private Participants participants;
    @Inject
    private Clock clock;

    /** What the key of this certificate is to sign. Whether the certificate is registered, and to whom, is told to whoever has its key. */
    public ChallengeView challenge(SubsystemId subsystem, CertificatePurpose purpose, SigningCertificate certificate, SignedIn by) {
        ParticipantId own = registering(by);
        SubsystemView named = participants.get(subsystem);
        if (!named.participant().equals(own)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "subsystem");
        }
        certificate.requireFor(purpose);
        Instant at = clock.instant();
        refuseTooMany(subsystem, own, by.contour(), at);
        if (challenges.issuedSince(own, by.contour(), at.minus(Duration.ofDays(1))) >= CHALLENGES_A_DAY_MAX) {
            throw Refusal.of(CredentialRefusal.CHALLENGES_TOO_MANY, "participant", CHALLENGES_A_DAY_MAX);
        }
        ParticipantView holder = participants.get(own);
        String identifier = Stream.of(holder.instance(), holder.memberClass(), holder.memberCode(), named.code()).filter(part -> !part.isEmpty()).collect(Collectors.joining("/"));
        // In whole seconds, so that the text is the same when it is read again.
        ChallengeView challenge = new ChallengeView(UUID.randomUUID(), subsystem, identifier, by.contour(), purpose, certificate.toString(),
                at.plus(CHALLENGE_VALIDITY).truncatedTo(ChronoUnit.SECONDS));
        challenges.add(challenge, own, at, by.actor());
        return challenge;
    }

    /**
     * Registers the certificate of a challenge.
     *
     * @param signature detached CMS, over the challenge's text, by the certificate's key
     */
    public CertificateView register(UUID challenge, SigningCertificate certificate, byte[] signature, String reason, SignedIn by) {
        ParticipantId own = registering(by);
        Instant at = clock.instant();
        ChallengeView answered = challenges.open(challenge, own, by.contour(), at).filter(open -> open.thumbprint().equals(certificate.toString()))
                .orElseThrow(() -> Refusal.of(CredentialRefusal.CHALLENGE_NOT_VALID, "challenge"));
        if (!certificate.hasSigned(answered.octets(), signature)) {
            throw Refusal.of(CredentialRefusal.POSSESSION_NOT_PROVED, "signature");
        }
        refuseTooMany(answered.subsystem(), own, by.contour(), at);
        NewCertificate registration = new NewCertificate(answered.subsystem(), by.contour(), answered.purpose(), certificate, Optional.of(challenge), reason);
        try {
            return participants.registerCertificate(registration, by.actor());
        } catch (SqlFailure e) {
            throw e.constraint().equals("certificate_challenge_open") ? Refusal.of(CredentialRefusal.CHALLENGE_NOT_VALID, "challenge") : e;
        }
    }

    private ParticipantId registering(SignedIn by) {
        accounts.requireAdministering(by);
        if (by.contour() != Contour.TEST) {
            throw Refusal.of(CredentialRefusal.CERTIFICATE_BY_THE_AUTHORITY, "pem");
        }
        return own(by);
    }

    private void refuseTooMany(SubsystemId subsystem, ParticipantId own, Contour contour, Instant at) {
        long good = participants.certificates(own, contour).stream()
                .filter(one -> one.subsystem().equals(subsystem) && one.state() == CertificateState.REGISTERED && one.notAfter().isAfter(at)).count();
        if (good >= CERTIFICATES_MAX) {
            throw Refusal.of(CredentialRefusal.CERTIFICATES_TOO_MANY, "pem", CERTIFICATES_MAX);
        }
    }

    public CertificateView block(String thumbprint, String reason, SignedIn by) {
        accounts.requireAdministering(by);
        List<CertificateView> own = participants.certificates(own(by), by.contour());
        if (own.stream().noneMatch(one -> one.thumbprint().equals(thumbprint))) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "thumbprint");
        }
        return participants.apply(CertificateEvent.BLOCK, thumbprint, by.contour(), reason, by.actor());
    }

    private static ParticipantId own(SignedIn by) {
        return new ParticipantId(by.participant().orElseThrow());
    }
}
