package org.kopuro.loans;

import java.util.Optional;

/**
 * A field's value before and after, as JSON.
 *
 * @param field its name in JSON: of a {@link LoanField}, or of what the system sets
 */
public record FieldChange(String field, Optional<String> before, Optional<String> after) {
}
