package org.kopuro.access.procedures;

import java.util.Map;
import org.kopuro.kernel.Language;

/**
 * A ground on which the authority may take a measure.
 *
 * @param immediate whether at once; otherwise only announced
 */
public record Ground(Measure measure, String code, boolean immediate, Map<Language, String> texts, String source) {
}
