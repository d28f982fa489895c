package org.kopuro.loans.programmes;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * A programme to be added.
 *
 * @param code   of a registered decree
 * @param titles in every language
 * @param source where the decree says so
 */
public record NewProgramme(String code, Map<Language, String> titles, String sector, String regulator, EntryPoint entryPoint, DuplicatePolicy duplicatePolicy, boolean stagesApart, LocalDate activeFrom,
        Optional<LocalDate> activeTo, String procedure, String source) {

    /** Of a regulator or a sector. */
    static final String NAME = "[A-Z][A-Z0-9_]{0,31}";
    private static final int TEXT_MAX = 1000;

    public NewProgramme {
        code = matching(code, "code", "[0-9A-Za-z][0-9A-Za-z-]{0,31}");
        sector = matching(sector, "sector", NAME);
        regulator = matching(regulator, "regulator", NAME);
        procedure = matching(procedure, "procedure", "[A-Z][A-Za-z0-9-]{0,31}");
        source = Input.text(source, "source", TEXT_MAX);
        Map<Language, String> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            all.put(language, Input.text(titles.get(language), "titles." + language.tag(), TEXT_MAX));
        }
        titles = Map.copyOf(all);
        RuleLimits.require(RuleLimits.plausible(activeFrom), "activeFrom");
        RuleLimits.require(RuleLimits.ordered(Optional.of(activeFrom), activeTo), "activeTo");
    }

    static String matching(String value, String field, String form) {
        String text = Input.text(value, field, 32);
        if (!text.matches(form)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return text;
    }
}
