package org.kopuro.accounts;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret as it is told, once: its number, a dash, and 256 random bits. The number chooses the one hash that is compared with, so that a sign-in costs the same
 * whether an account has one secret, two, or none. What has this form is a secret and no password.
 */
public record IssuedSecret(int number, String text) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})-[A-Za-z0-9_-]{43}");
    private static final int OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static IssuedSecret generate(int number) {
        byte[] octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return new IssuedSecret(number, number + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
    }

    String hash() {
        return PasswordHash.ofRandom(text.toCharArray());
    }

    /** The number in a text of this form. */
    static OptionalInt numberIn(char[] presented) {
        Matcher matcher = FORM.matcher(String.valueOf(presented));
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return "secret " + number;
    }
}
