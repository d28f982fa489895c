package org.kopuro.access.procedures;

import java.util.Map;
import org.kopuro.kernel.Language;

/**
 * What a version says of a matter.
 *
 * @param source a paragraph of the order, or “data” or “decided” where the order says nothing
 */
public record Provision(Map<Language, String> texts, String source) {
}
