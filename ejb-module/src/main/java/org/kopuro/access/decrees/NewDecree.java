package org.kopuro.access.decrees;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * A decree that procedures may connect under.
 *
 * @param titles in every language
 */
public record NewDecree(String code, LocalDate adoptedOn, Map<Language, String> titles, String source) {

    static final int TEXT_MAX = 1000;

    public NewDecree {
        if (!code.matches("[0-9A-Za-z][0-9A-Za-z-]{0,31}")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "code");
        }
        Map<Language, String> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            String title = titles.get(language);
            if (title == null) {
                throw Refusal.of(InputRefusal.FIELD_MISSING, "titles." + language.tag());
            }
            all.put(language, Input.text(title, "titles." + language.tag(), TEXT_MAX));
        }
        titles = Map.copyOf(all);
        source = Input.text(source, "source", TEXT_MAX);
    }
}
