package org.kopuro.access.requests;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** As much of an address as procedures speak about. Whether it exists, only sending to it tells. */
final class MailAddress {

    private static final Pattern PLAUSIBLE = Pattern.compile("[^\\s@<>\",;:]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.)+[\\p{L}\\p{N}-]{2,63}");

    private MailAddress() {
    }

    static boolean plausible(String address) {
        return address.length() <= 254 && PLAUSIBLE.matcher(address).matches();
    }

    /** Whether the last label of the domain is one of the zones; xn-- and national spellings are zones of their own (ACC-49). */
    static boolean in(List<String> zones, String address) {
        return zones.contains(address.substring(address.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
