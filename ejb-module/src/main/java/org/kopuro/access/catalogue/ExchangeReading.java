package org.kopuro.access.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Language;

/**
 * What was read of the exchange's catalogue, or why it was not.
 *
 * @param services ours; empty unless the outcome is COMPARED
 */
record ExchangeReading(ComparisonOutcome outcome, Optional<String> detail, List<Listed> services) {

    /**
     * A service as the exchange lists it; all but the code may be missing.
     *
     * @param titles of the languages that have one there
     * @param sha256 of its contract, in lower-case hexadecimal
     */
    record Listed(String code, Optional<String> version, Optional<String> type, Map<Language, String> titles, Optional<String> sha256) {
    }

    static ExchangeReading of(List<Listed> services) {
        return new ExchangeReading(ComparisonOutcome.COMPARED, Optional.empty(), List.copyOf(services));
    }

    static ExchangeReading failed(ComparisonOutcome outcome, String detail) {
        String shown = detail == null ? "" : detail.replaceAll("\\p{Cntrl}", " ").strip();
        return new ExchangeReading(outcome, shown.isEmpty() ? Optional.empty() : Optional.of(shown.length() <= 500 ? shown : shown.substring(0, 500)), List.of());
    }
}
