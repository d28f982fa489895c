package org.kopuro.loans.programmes;

import java.util.List;
import java.util.Map;
import org.kopuro.kernel.Language;

/**
 * A federal body that watches programmes.
 *
 * @param names      in every language
 * @param programmes codes of those that it watches
 */
public record RegulatorView(String code, Map<Language, String> names, List<String> programmes) {
}
