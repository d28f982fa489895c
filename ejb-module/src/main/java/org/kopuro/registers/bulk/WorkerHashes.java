package org.kopuro.registers.bulk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.NavigableMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kopuro.installation.SecretFiles;
import org.kopuro.kernel.Contour;

/**
 * Keyed hashes of workers (LOAN-113). The key is of one report, derived from a secret in the folder of keys: within a report the same person is the same hash, across reports and employers nobody can be
 * found again; and no list of all SNILS, of which there are not many, opens a hash without the secret.
 */
final class WorkerHashes {

    static final String FILE = "payroll-blinding";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int OCTETS = 32;
    /** Stands in no name and no number. */
    private static final char SEPARATOR = '\0';

    private final short number;
    private final Mac ofSecret;
    private String report = "";
    private Mac ofReport;

    /** Makes the first secret where there is none. */
    WorkerHashes(Path keys) {
        NavigableMap<Short, byte[]> secrets = SecretFiles.numbered(keys, FILE, () -> {
            byte[] secret = new byte[OCTETS];
            new SecureRandom().nextBytes(secret);
            return secret;
        });
        number = secrets.lastKey();
        ofSecret = mac(secrets.get(number));
    }

    /** Of the secret that hashes. */
    short number() {
        return number;
    }

    /** The report that the following workers are of. */
    void report(Contour contour, String inn, int year, int quarter, int correction) {
        String named = String.join("|", contour.name(), inn, String.valueOf(year), String.valueOf(quarter), String.valueOf(correction));
        if (!named.equals(report)) {
            report = named;
            ofReport = mac(ofSecret.doFinal(named.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** @param snils of eleven digits; {@code null} is none, as with the INN */
    String triple(String name, String snils, String inn) {
        return hash("triple" + SEPARATOR + normal(name) + SEPARATOR + (snils == null ? "" : snils) + SEPARATOR + (inn == null ? "" : inn));
    }

    String snils(String snils) {
        return hash("snils" + SEPARATOR + snils);
    }

    /** As names are compared (LOAN-68): trimmed, in capitals, Ё as Е, single spaces. */
    static String normal(String name) {
        return name.strip().toUpperCase(Locale.ROOT).replace('Ё', 'Е').replaceAll("[\\s\\u00A0]+", " ").strip();
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(ofReport.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
