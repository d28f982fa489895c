package org.kopuro.access.requests;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What a file that comes with a request is.
 *
 * @param validTo its last day; empty: without end
 */
public record Attachment(Kind kind, Optional<String> number, Optional<LocalDate> issuedOn, Optional<String> issuer, Optional<LocalDate> validTo) {

    /** Screen forms and reports show a joint test (ACC-43). What proves rights to a product is brought to the product, and here no more. */
    public enum Kind {
        RIGHT_TO_USE, RIGHT_TO_DISTRIBUTE, RIGHT_TO_MODIFY, REGISTRATION, SCREEN_FORM, CONFORMANCE_REPORT, LETTER, OTHER;

        boolean ofProduct() {
            return this == RIGHT_TO_USE || this == RIGHT_TO_DISTRIBUTE || this == RIGHT_TO_MODIFY || this == REGISTRATION;
        }
    }

    public Attachment {
        number = number.map(text -> Input.text(text, "number", 100));
        issuer = issuer.map(text -> Input.text(text, "issuer", 300));
        if (issuedOn.isPresent() && validTo.isPresent() && validTo.get().isBefore(issuedOn.get())) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "validTo");
        }
    }
}
