package org.kopuro.access.requests;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.kopuro.access.products.Lacking;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * What would stop the grant of a request as things stand, beside items that nobody has ticked (003 §9).
 *
 * @param code  of the refusal that the grant would meet, or of the document
 * @param texts for people
 */
public record Missing(String code, Map<Language, String> texts) {

    static Missing of(Lacking lacking) {
        return of(lacking.code(), lacking::text);
    }

    static Missing of(Refusal refusal) {
        return of(refusal.code().name(), language -> refusal.sentence(language) + " " + refusal.whatToDo(language));
    }

    private static Missing of(String code, Function<Language, String> text) {
        Map<Language, String> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            texts.put(language, text.apply(language));
        }
        return new Missing(code, Map.copyOf(texts));
    }
}
