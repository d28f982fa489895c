package org.kopuro.access;

import java.util.Map;
import org.kopuro.kernel.Language;

/** An entry of the service catalogue with the rule of the day. */
public record ServiceView(String code, String version, Map<Language, String> titles, boolean enabled, ServiceRule rule) {
}
