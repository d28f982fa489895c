package org.kopuro.exchange.soap;

import org.kopuro.exchange.Answer;

/** Carries a refusal that is told as a SOAP Fault out of an endpoint; its record is committed already. */
public final class RefusedCall extends RuntimeException {

    private final transient Answer.Refused<?> refused;

    public RefusedCall(Answer.Refused<?> refused) {
        super(refused.refusal().getMessage(), null, false, false);
        this.refused = refused;
    }

    Answer.Refused<?> refused() {
        return refused;
    }
}
