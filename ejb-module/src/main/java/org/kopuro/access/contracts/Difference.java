package org.kopuro.access.contracts;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.kopuro.kernel.Language;

/**
 * One difference between two contracts.
 *
 * @param path   an operation, or a type or element and the way from there
 * @param before as it was written, or empty where nothing was
 * @param after  as it is written, or empty where nothing is
 */
public record Difference(DifferenceKind kind, String path, String before, String after, Effect effect) {

    private static final int LENGTH_MAX = 200;
    private static final ResourceBundle.Control EXACT_LANGUAGE = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    public Difference {
        path = shortened(path);
        before = shortened(before);
        after = shortened(after);
    }

    public String sentence(Language language) {
        ResourceBundle bundle = ResourceBundle.getBundle(Difference.class.getPackageName() + ".differences", language.locale(), Difference.class.getClassLoader(), EXACT_LANGUAGE);
        return new MessageFormat(bundle.getString(kind.name()), language.locale()).format(new Object[] {path, before, after});
    }

    private static String shortened(String text) {
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX - 1) + "…";
    }
}
