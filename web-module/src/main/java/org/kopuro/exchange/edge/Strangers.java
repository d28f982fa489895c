package org.kopuro.exchange.edge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kopuro.exchange.Correspondent;
import org.kopuro.kernel.Language;

/** Participants have a language and a spelling; of whoever is none the request may say the language. */
public final class Strangers {

    private static final int HEADER_LENGTH_MAX = 255;

    private Strangers() {
    }

    /**
     * How to speak to a caller.
     *
     * @param acceptLanguage of the request
     */
    public static Correspondent told(Correspondent to, Optional<String> acceptLanguage) {
        // Who is known may speak as nobody in particular does: the very constant is meant.
        return to == Correspondent.UNKNOWN ? acceptLanguage.flatMap(Strangers::language).map(language -> new Correspondent(language, to.dialect())).orElse(to) : to;
    }

    private static Optional<Language> language(String acceptLanguage) {
        if (acceptLanguage.length() > HEADER_LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            List<String> spoken = List.of(Language.RU.tag(), Language.KY.tag(), Language.EN.tag());
            return Optional.ofNullable(Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), spoken)).map(tag -> Language.valueOf(tag.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
