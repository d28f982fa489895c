package org.kopuro.notices;

import java.util.Map;
import org.kopuro.kernel.Input;

/** How letters of a purpose are headed under a procedure (ACC-24): one line that names facts, for the participant's letter and for the notice that answers it. */
public final class Heading {

    private static final int LENGTH_MAX = 300;

    private Heading() {
    }

    /** The template, refused where it cannot be read or names what is not known of every letter. */
    public static String checked(String template, String field) {
        String text = Input.text(template, field, LENGTH_MAX);
        NewTemplate.check(text, field, NoticeKind.FACTS_OF_ALL, "*");
        return text;
    }

    /** For judging a letter that came, and for whoever is about to write one. Facts that are missing leave their place empty. */
    public static String filled(String template, Map<String, String> facts) {
        return Wording.line(template, facts, NoticeKind.FACTS_OF_ALL);
    }
}
