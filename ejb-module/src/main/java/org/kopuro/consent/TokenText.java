package org.kopuro.consent;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kopuro.kernel.Contour;

/**
 * The text of a token: 32 characters in Crockford's base 32, {@code GNS1}, a contour letter, 25 random characters and two
 * check characters (CON-25 to CON-32).
 *
 * <p>The check characters are c1 = Σ dᵢ and c2 = Σ αⁱ·dᵢ over GF(32) with x⁵+x²+1 and α = 2: a code of distance 3, which
 * detects every error in one or two characters and every swap. {@link #toString()} masks; {@link #printed()} does not.
 */
public final class TokenText {

    public static final int LENGTH = 32;
    public static final int INPUT_LENGTH_MAX = 128;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String PREFIX = "GNS1";
    private static final int RANDOM_CHARACTERS = 25;
    private static final int DATA_CHARACTERS = LENGTH - 2;
    /** x⁵+x²+1: what a carry out of five bits folds back to. */
    private static final int REDUCTION = 0b100101;
    private static final String CYRILLIC_LOOK_ALIKES = "АВЕКМНОРСТХавекмнорстх";
    private static final String LATIN_FOR_CYRILLIC = "ABEKMH0PCTXABEKMH0PCTX";

    private static final Pattern SHAPE = Pattern.compile("GNS[1IL][TP](?:[-\\s]?[0-9A-Z]){27}", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEPARATOR = Pattern.compile("[-\\s]");

    private final String canonical;

    private TokenText(String canonical) {
        this.canonical = canonical;
    }

    /** A new token with 125 bits from {@code random}. */
    static TokenText generate(Contour contour, SecureRandom random) {
        char[] data = Arrays.copyOf((PREFIX + contour.letter()).toCharArray(), DATA_CHARACTERS);
        byte[] octets = new byte[RANDOM_CHARACTERS];
        random.nextBytes(octets);
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            data[PREFIX.length() + 1 + i] = ALPHABET.charAt(octets[i] & 31);
        }
        String text = new String(data);
        return new TokenText(text + checkCharacters(text));
    }

    /** The printed form of one for TEST that is rightly spelt and issued to nobody, for trying programs out. */
    public static String invented(SecureRandom random) {
        return generate(Contour.TEST, random).printed();
    }

    /** Whether both spell one token; what cannot be read is no token's spelling. */
    public static boolean isOneToken(String one, String other) {
        return read(one).flatMap(text -> read(other).filter(again -> again.canonical.equals(text.canonical))).isPresent();
    }

    /**
     * Reads a token as people and programs write it: lower case, O for 0, I and L for 1, blanks and dashes anywhere,
     * Cyrillic look-alikes (CON-30). Empty when the spelling is malformed; nothing is guessed further.
     */
    public static Optional<TokenText> read(String input) {
        if (input == null || input.length() > INPUT_LENGTH_MAX) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < input.length(); i++) {
            char c = input.charAt(i);
            if (isDropped(c)) {
                continue;
            }
            char canonical = canonical(c);
            if (canonical == 0 || text.length() == LENGTH) {
                return Optional.empty();
            }
            text.append(canonical);
        }
        if (text.length() != LENGTH || text.indexOf(PREFIX) != 0 || contourOf(text.charAt(PREFIX.length())) == null
                || !text.substring(DATA_CHARACTERS).equals(checkCharacters(text.substring(0, DATA_CHARACTERS)))) {
            return Optional.empty();
        }
        return Optional.of(new TokenText(text.toString()));
    }

    /** Replaces whatever looks like a token by its last four characters, for texts that are kept or logged (CON-37). */
    public static String mask(String text) {
        return SHAPE.matcher(text).replaceAll(found -> "token …" + lastFour(SEPARATOR.matcher(found.group()).replaceAll("")));
    }

    public Contour contour() {
        return contourOf(canonical.charAt(PREFIX.length()));
    }

    String lastFour() {
        return lastFour(canonical);
    }

    /** The 32 characters that are hashed. */
    String canonical() {
        return canonical;
    }

    /** The form for people, with a dash after every fifth character (CON-26). The only way the text leaves this class. */
    String printed() {
        StringBuilder printed = new StringBuilder(38);
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % 5 == 0) {
                printed.append('-');
            }
            printed.append(canonical.charAt(i));
        }
        return printed.toString();
    }

    @Override
    public String toString() {
        return "token …" + lastFour();
    }

    private static String lastFour(String characters) {
        return characters.substring(characters.length() - 4);
    }

    private static Contour contourOf(char letter) {
        for (Contour contour : Contour.values()) {
            if (contour.letter() == letter) {
                return contour;
            }
        }
        return null;
    }

    private static boolean isDropped(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u00A0' || c == '-' || c >= '\u2010' && c <= '\u2015' || c == '\u2212';
    }

    /** The character of the alphabet that {@code c} is a spelling of, or 0. Never locale-dependent. */
    private static char canonical(char c) {
        int cyrillic = CYRILLIC_LOOK_ALIKES.indexOf(c);
        if (cyrillic >= 0) {
            return LATIN_FOR_CYRILLIC.charAt(cyrillic);
        }
        char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        char plain = switch (upper) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> upper;
        };
        return ALPHABET.indexOf(plain) >= 0 ? plain : 0;
    }

    private static String checkCharacters(String data) {
        int first = 0;
        int second = 0;
        // Horner's rule from the last character: c2 = d0 + α·(d1 + α·(d2 + …)).
        for (int i = data.length() - 1; i >= 0; i--) {
            int value = ALPHABET.indexOf(data.charAt(i));
            first ^= value;
            second = timesAlpha(second) ^ value;
        }
        return "" + ALPHABET.charAt(first) + ALPHABET.charAt(second);
    }

    private static int timesAlpha(int value) {
        int doubled = value << 1;
        return (doubled & 0b100000) == 0 ? doubled : doubled ^ REDUCTION;
    }
}
