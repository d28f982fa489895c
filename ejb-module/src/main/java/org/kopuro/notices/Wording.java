package org.kopuro.notices;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Fills texts with facts. Texts are Mustache without its partials; what they name is checked when they are published, so that a text cannot
 * fail later, and facts are never read as text to be filled. Plain text: nothing is escaped for HTML, and control characters are taken out.
 */
final class Wording {

    /** For a heading: the head of a letter holds a participant's name, of up to 500 characters. */
    static final int LINE_MAX = 500;
    static final int SUBJECT_MAX = 1000;
    static final int BLOCK_MAX = 8000;
    static final int BODY_MAX = 100_000;

    private static final Mustache.Compiler MUSTACHE = Mustache.compiler().escapeHTML(false).strictSections(true).emptyStringIsFalse(true);

    private Wording() {
    }

    /** The names in the text that are none of {@code known}, partials among them; fails when it is no text at all. */
    static Set<String> unknown(String text, Set<String> known) {
        Set<String> names = new TreeSet<>();
        MUSTACHE.compile(text).visit(new Mustache.Visitor() {
            @Override
            public void visitText(String plain) {
                // A tag that nothing closes is read as text, which nobody means.
                if (plain.contains("{{")) {
                    throw new MustacheException("A tag is not closed.");
                }
            }

            @Override
            public void visitVariable(String name) {
                names.add(name);
            }

            @Override
            public boolean visitInclude(String name) {
                names.add("> " + name);
                return false;
            }

            @Override
            public boolean visitSection(String name) {
                names.add(name);
                return true;
            }

            @Override
            public boolean visitInvertedSection(String name) {
                names.add(name);
                return true;
            }
        });
        names.removeAll(known);
        return names;
    }

    /** One line, fit for a mail header: whatever would end it is a blank. */
    static String line(String text, Map<String, String> facts, Set<String> known) {
        return limited(oneLine(filled(text, facts, known, value -> limited(oneLine(value), LINE_MAX))), SUBJECT_MAX);
    }

    /** Lines that were made, one behind the other. */
    static String joined(String head, String subject) {
        return limited((head + " " + subject).strip(), SUBJECT_MAX);
    }

    /** Lines of plain text. */
    static String block(String text, Map<String, String> facts, Set<String> known) {
        return limited(lines(filled(text, facts, known, value -> limited(lines(value).strip(), BLOCK_MAX))), BODY_MAX);
    }

    /** What remains to be told when a text, written around the check, cannot be filled. */
    static String plain(NoticeKind kind, Map<String, String> facts) {
        StringBuilder told = new StringBuilder(kind.name()).append("\n\n");
        facts.keySet().stream().sorted().filter(name -> !facts.get(name).isBlank())
                .forEach(name -> told.append(name).append(": ").append(limited(lines(facts.get(name)).strip(), BLOCK_MAX)).append('\n'));
        return limited(told.toString(), BODY_MAX);
    }

    static String oneLine(String value) {
        StringBuilder line = new StringBuilder();
        value.codePoints().map(c -> breaksLines(c) ? ' ' : c).filter(c -> !hides(c)).forEach(line::appendCodePoint);
        return line.toString().strip().replaceAll(" {2,}", " ");
    }

    private static String lines(String value) {
        StringBuilder lines = new StringBuilder();
        value.replace("\r\n", "\n").codePoints()
                .map(c -> c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029 ? '\n' : c)
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c) && !hides(c)).forEach(lines::appendCodePoint);
        return lines.toString();
    }

    private static boolean breaksLines(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character) || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR || Character.isWhitespace(character);
    }

    /** Characters that turn or hide the text around them, and halves of characters. */
    private static boolean hides(int character) {
        int type = Character.getType(character);
        return type == Character.FORMAT || type == Character.SURROGATE;
    }

    private static String limited(String value, int characters) {
        if (value.length() <= characters) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(characters - 2)) ? characters - 2 : characters - 1;
        return value.substring(0, end) + "…";
    }

    private static String filled(String text, Map<String, String> facts, Set<String> known, UnaryOperator<String> harmless) {
        Map<String, String> all = new HashMap<>();
        known.forEach(name -> all.put(name, harmless.apply(facts.getOrDefault(name, ""))));
        return MUSTACHE.compile(text).execute(all);
    }

    /** Whether the failure came from the text. */
    static boolean isOfText(RuntimeException failure) {
        return failure instanceof MustacheException || failure instanceof UnsupportedOperationException;
    }
}
