package org.kopuro.ledger.proof;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a ledger states about itself at a moment: c2sp.org/tlog-checkpoint, without extension lines. */
public record Checkpoint(String origin, long size, Hash root) {

    private static final Pattern TEXT = Pattern.compile("([^\\n]{1,255})\\n(0|[1-9]\\d{0,17})\\n([A-Za-z0-9+/=]{44})\\n");

    /** Reads the text of a note; whose signatures it carries is another question. */
    public static Checkpoint parse(String text) throws Unproven {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new Unproven("The checkpoint's text is not an origin, a size and a root, a line each.");
        }
        return new Checkpoint(matcher.group(1), Long.parseLong(matcher.group(2)), Hash.parse(matcher.group(3), "The checkpoint's root"));
    }

    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
