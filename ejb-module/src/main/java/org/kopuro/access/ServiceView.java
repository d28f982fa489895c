package org.kopuro.access;

import java.util.Map;
import org.kopuro.kernel.Language;

/**
 * An entry of the service catalogue with the rule of the day.
 *
 * @param procedure under which it is offered (ACC-23)
 */
public record ServiceView(String code, String version, String procedure, Map<Language, String> titles, boolean enabled, ServiceRule rule) {
}
