package org.kopuro.access.requests;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What a file that comes with a request is (ACC-9).
 *
 * @param validTo its last day; empty: without end
 */
public record Attachment(Kind kind, Optional<String> number, Optional<LocalDate> issuedOn, Optional<String> issuer, Optional<LocalDate> validTo) {

    /** The first three are the rights of ACC-8, the fourth the registration of an own product; screen forms and reports show a joint test (ACC-43). */
    public enum Kind {
        RIGHT_TO_USE, RIGHT_TO_DISTRIBUTE, RIGHT_TO_MODIFY, REGISTRATION, SCREEN_FORM, CONFORMANCE_REPORT, LETTER, OTHER
    }

    public Attachment {
        number = number.map(text -> Input.text(text, "number", 100));
        issuer = issuer.map(text -> Input.text(text, "issuer", 300));
        if (issuedOn.isPresent() && validTo.isPresent() && validTo.get().isBefore(issuedOn.get())) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "validTo");
        }
    }
}
