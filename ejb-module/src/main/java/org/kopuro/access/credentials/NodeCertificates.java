package org.kopuro.access.credentials;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificateState;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.participants.SubsystemId;

/**
 * The certificates of a participant's own subsystems, in the hands of its node administrator. In TEST it registers them itself; in PRODUCTION the authority does, from
 * a letter, because such a certificate stands for the participant's signature. Blocking is anybody's at once who fears for a key; only the authority unblocks.
 */
@Stateless
public class NodeCertificates {

    /** [data] Of one subsystem in one contour, those that can be signed with. */
    static final int CERTIFICATES_MAX = 10;

    @Inject
    private ApiAccounts accounts;
    @Inject
    private Participants participants;
    @Inject
    private Clock clock;

    public CertificateView register(SubsystemId subsystem, SigningCertificate certificate, SignedIn by) {
        accounts.requireAdministering(by);
        ParticipantId own = new ParticipantId(by.participant().orElseThrow());
        if (!participants.get(subsystem).participant().equals(own)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "subsystem");
        }
        if (by.contour() != Contour.TEST) {
            throw Refusal.of(CredentialRefusal.CERTIFICATE_BY_THE_AUTHORITY, "pem");
        }
        Instant now = clock.instant();
        long good = participants.certificates(own, by.contour()).stream()
                .filter(one -> one.subsystem().equals(subsystem) && one.state() == CertificateState.REGISTERED && one.notAfter().isAfter(now)).count();
        if (good >= CERTIFICATES_MAX) {
            throw Refusal.of(CredentialRefusal.CERTIFICATES_TOO_MANY, "pem", CERTIFICATES_MAX);
        }
        return participants.registerCertificate(subsystem, by.contour(), certificate);
    }

    public CertificateView block(String thumbprint, String reason, SignedIn by) {
        accounts.requireAdministering(by);
        List<CertificateView> own = participants.certificates(new ParticipantId(by.participant().orElseThrow()), by.contour());
        if (own.stream().noneMatch(one -> one.thumbprint().equals(thumbprint))) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "thumbprint");
        }
        return participants.apply(CertificateEvent.BLOCK, thumbprint, by.contour(), reason);
    }
}
