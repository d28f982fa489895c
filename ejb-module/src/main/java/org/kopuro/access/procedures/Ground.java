package org.kopuro.access.procedures;

import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Language;

/**
 * A ground on which the authority may take a measure.
 *
 * @param immediate    whether at once; otherwise only announced
 * @param incidentKind of the open incident that it stands on; empty where it needs none
 */
public record Ground(Measure measure, String code, boolean immediate, Map<Language, String> texts, String source, Optional<String> incidentKind) {
}
