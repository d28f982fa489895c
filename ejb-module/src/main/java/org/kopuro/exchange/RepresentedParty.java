package org.kopuro.exchange;

import java.util.Optional;
import org.kopuro.consent.TokenText;

/** Whom a client represents in a call, as it says (X-Road's representation extension). Its code may be a person's: personal data. What looks like a token is masked. */
public record RepresentedParty(Optional<String> partyClass, String partyCode) {

    public RepresentedParty {
        partyClass = partyClass.map(TokenText::mask);
        partyCode = TokenText.mask(partyCode);
    }
}
