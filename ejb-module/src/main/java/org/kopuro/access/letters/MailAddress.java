package org.kopuro.access.letters;

import java.util.regex.Pattern;

/** As much of an address as procedures speak about. Whether it exists, only sending to it tells. */
public final class MailAddress {

    private static final Pattern PLAUSIBLE = Pattern.compile("[^\\s@<>\",;:]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.)+[\\p{L}\\p{N}-]{2,63}");

    private MailAddress() {
    }

    public static boolean plausible(String address) {
        return address.length() <= 254 && PLAUSIBLE.matcher(address).matches();
    }
}
