package org.kopuro.documents;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * A name that can be shown, put into a header and saved under on any system. It is refused rather than repaired: a repaired name is
 * not the one that the sender sees. Composed letters are the exception (NFC), because macOS sends й as two characters.
 */
final class FileName {

    static final int LENGTH_MAX = 200;

    /** Devices of Windows, whatever follows the first dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?");
    /** Parts of paths, a quote that would end a header's value, and what Windows keeps for itself. */
    private static final String FORBIDDEN = "/\\:*?\"<>|";

    private FileName() {
    }

    static String checked(String given) {
        if (given == null || given.isBlank()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, Upload.FIELD);
        }
        if (given.length() > 4 * LENGTH_MAX) {
            throw Refusal.of(DocumentRefusal.DOCUMENT_NAME_TOO_LONG, Upload.FIELD, LENGTH_MAX);
        }
        String name = Normalizer.normalize(given.strip(), Normalizer.Form.NFC);
        if (name.length() > LENGTH_MAX) {
            throw Refusal.of(DocumentRefusal.DOCUMENT_NAME_TOO_LONG, Upload.FIELD, LENGTH_MAX);
        }
        if (name.codePoints().anyMatch(FileName::isForbidden) || name.startsWith(".") || name.endsWith(".") || DEVICE.matcher(name).matches()) {
            throw Refusal.of(DocumentRefusal.DOCUMENT_NAME_INVALID, Upload.FIELD);
        }
        return name;
    }

    /** What follows the last dot, or all of it, in lower case; of a document inside its signature, what follows the last but one ({@code pdf.p7m}). */
    static String extension(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return DocumentType.SIGNED_DOCUMENT.extensions().stream().filter(twofold -> lower.endsWith("." + twofold)).findFirst().orElse(lower.substring(lower.lastIndexOf('.') + 1));
    }

    /** Formatting characters are forbidden as a whole: those of writing direction make exe.pdf of fdp.exe, those without width hide. */
    private static boolean isForbidden(int character) {
        return FORBIDDEN.indexOf(character) >= 0 || switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
