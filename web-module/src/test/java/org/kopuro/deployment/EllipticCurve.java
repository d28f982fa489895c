package org.kopuro.deployment;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arithmetic of a P-256 signature that an attacker needs. */
final class EllipticCurve {

    private static final BigInteger ORDER = new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
    private static final Pattern VALUE = Pattern.compile("(<ds:SignatureValue>)([^<]*)(</ds:SignatureValue>)");

    private EllipticCurve() {
    }

    /** The message with (r, n - s) in place of (r, s). */
    static String withOtherSignature(String message) {
        Matcher matcher = VALUE.matcher(message);
        matcher.find();
        byte[] signature = Base64.getMimeDecoder().decode(matcher.group(2));
        BigInteger s = ORDER.subtract(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
        byte[] octets = s.toByteArray();
        Arrays.fill(signature, 32, 64, (byte) 0);
        int length = Math.min(32, octets.length);
        System.arraycopy(octets, octets.length - length, signature, 64 - length, length);
        return message.substring(0, matcher.start(2)) + Base64.getEncoder().encodeToString(signature) + message.substring(matcher.end(2));
    }
}
