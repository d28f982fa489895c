package org.kopuro.access;

import java.util.List;
import java.util.Map;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/**
 * An entry of the service catalogue with the rule of the day.
 *
 * @param version   the newest that PRODUCTION serves; what TEST serves where that is none
 * @param served    in each contour, the newest first (ACC-11)
 * @param procedure under which it is offered (ACC-23)
 */
public record ServiceView(String code, ServiceKind kind, String version, Map<Contour, List<String>> served, String procedure, Map<Language, String> titles, boolean enabled, ServiceRule rule) {

    /** With the newest version that the contour serves, where it serves one. */
    public ServiceView as(Contour contour) {
        return new ServiceView(code, kind, served.get(contour).stream().findFirst().orElse(version), served, procedure, titles, enabled, rule);
    }
}
