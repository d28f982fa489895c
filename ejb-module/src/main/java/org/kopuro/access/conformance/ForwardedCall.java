package org.kopuro.access.conformance;

import java.util.Optional;

/**
 * A call of the product that reached TEST.
 *
 * @param messageId   {@code xrd:id}, or X-Road-Id
 * @param service     the service's code
 * @param outcome     {@code ANSWERED}, or the code of the refusal
 * @param ledgerEntry the entry that TEST names in its answer; empty where TEST refused before it recorded a call
 */
public record ForwardedCall(String messageId, String service, String outcome, Optional<String> ledgerEntry) {

    public static final String ANSWERED = "ANSWERED";
    static final int TEXT_MAX = 255;
}
