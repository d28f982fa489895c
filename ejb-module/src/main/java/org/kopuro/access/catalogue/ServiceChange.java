package org.kopuro.access.catalogue;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * What a service is called from now on, and whether it is switched on.
 *
 * @param after  the revision of the service that its author has read; 0 where there is none
 * @param notice what callers are told while it is switched off; absent while it is not
 */
public record ServiceChange(int after, Map<Language, String> titles, boolean enabled, Optional<String> notice, String reason) {

    public ServiceChange {
        titles = checked(titles);
        notice = notice.map(text -> Input.text(text, "notice", 500));
        reason = Input.lines(reason, "reason", 1000);
        if (enabled == notice.isPresent()) {
            throw Refusal.of(enabled ? InputRefusal.FIELD_INVALID : InputRefusal.FIELD_MISSING, "notice");
        }
        if (after < 0 || after == Integer.MAX_VALUE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "after");
        }
    }

    static Map<Language, String> checked(Map<Language, String> titles) {
        Map<Language, String> checked = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            checked.put(language, Input.text(titles.get(language), "titles." + language.tag(), 300));
        }
        return Map.copyOf(checked);
    }
}
