package org.kopuro.exchange;

import java.util.Optional;

/**
 * A message whose form is right and whose signature is verified; nothing in it is believed yet beyond that.
 *
 * @param representedParty as the caller says; what of it was signed, its message shows
 * @param consentToken the text of the presented token; never logged, masked in {@code toString}
 */
public record Call(
        XRoadClient client, ServiceAddress service, String messageId, Optional<String> userId, Optional<String> issue,
        Optional<RepresentedParty> representedParty, Optional<String> consentToken, Credential credential, String remoteAddress) {

    /** Of a caller that represents nobody. */
    public Call(XRoadClient client, ServiceAddress service, String messageId, Optional<String> userId, Optional<String> issue, Optional<String> consentToken,
            Credential credential, String remoteAddress) {
        this(client, service, messageId, userId, issue, Optional.empty(), consentToken, credential, remoteAddress);
    }

    /** The same call where no token counts: one that was sent all the same is not even looked up. */
    Call withoutToken() {
        return new Call(client, service, messageId, userId, issue, representedParty, Optional.empty(), credential, remoteAddress);
    }

    @Override
    public String toString() {
        return "call " + messageId + " of " + client + " to " + service.code() + (consentToken.isPresent() ? " with a token" : "");
    }
}
