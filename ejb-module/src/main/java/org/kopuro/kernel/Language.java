package org.kopuro.kernel;

import java.util.Locale;

/** The languages of every text that a person may read: Russian, Kyrgyz, English. */
public enum Language {
    RU, KY, EN;

    public Locale locale() {
        return Locale.forLanguageTag(tag());
    }

    /** The BCP 47 tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
