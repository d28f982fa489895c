package org.kopuro.exchange;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kopuro.kernel.Contour;

/** What may come beside a message. Asked of messages that bring something, and before what they bring is stored anywhere. */
@Stateless
public class AttachmentLimits {

    @Inject
    private AttachmentLimitStore store;

    /** Of the service in the contour; empty where it takes nothing. */
    public Optional<AttachmentLimit> of(Contour contour, String service) {
        return store.find(contour, service);
    }

    /** Of a call whose credential is verified. Empty also where the credential is nobody's: a stranger cannot fill a disk. */
    public Optional<AttachmentLimit> of(Call call) {
        return of(call.credential(), call.service().code());
    }

    /** Likewise, before there is a call. */
    public Optional<AttachmentLimit> of(Credential credential, String service) {
        return store.contour(credential).flatMap(contour -> store.find(contour, service));
    }
}
