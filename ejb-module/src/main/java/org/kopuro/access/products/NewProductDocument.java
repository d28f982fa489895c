package org.kopuro.access.products;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What a file proves of a product (ACC-9).
 *
 * @param validFrom its first day
 * @param validTo   its last day; empty: without end
 */
public record NewProductDocument(ProductDocumentKind kind, String number, LocalDate issuedOn, String issuer, LocalDate validFrom, Optional<LocalDate> validTo) {

    public NewProductDocument {
        number = Input.text(number, "number", 100);
        issuer = Input.text(issuer, "issuer", 300);
        if (validTo.filter(last -> last.isBefore(issuedOn) || last.isBefore(validFrom)).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "validTo");
        }
    }
}
