package org.kopuro.access.products;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ResourceBundle;
import org.kopuro.kernel.Language;

/** What codes of this capability mean in a language. */
final class ProductWords {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final ResourceBundle.Control EXACT_LANGUAGE = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private ProductWords() {
    }

    static String of(Language language, String key) {
        return ResourceBundle.getBundle(ProductWords.class.getPackageName() + ".words", language.locale(), ProductWords.class.getClassLoader(), EXACT_LANGUAGE).getString(key);
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }
}
