package org.kopuro.notices;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status code of RFC 3463 that many servers put behind the reply code, as in {@code 550 5.1.1}. */
final class EnhancedCode {

    private static final Pattern PATTERN = Pattern.compile("^\\d{3}[ -]([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    private EnhancedCode() {
    }

    /** With a blank before it; empty where there is none. */
    static String in(String reply, int code) {
        Matcher matcher = PATTERN.matcher(reply == null ? "" : reply.strip());
        return matcher.find() && matcher.group(1).charAt(0) == String.valueOf(code).charAt(0) ? " " + matcher.group(1) : "";
    }
}
