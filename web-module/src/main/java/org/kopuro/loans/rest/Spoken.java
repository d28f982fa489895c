package org.kopuro.loans.rest;

import jakarta.ws.rs.core.HttpHeaders;
import org.kopuro.exchange.rest.Problem;
import org.kopuro.kernel.Language;

/** In which language a caller is told what was said of its loan. */
final class Spoken {

    private Spoken() {
    }

    static Language by(HttpHeaders headers) {
        return Problem.language(headers);
    }
}
