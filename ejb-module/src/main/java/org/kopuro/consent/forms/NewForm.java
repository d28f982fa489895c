package org.kopuro.consent.forms;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What a participant declares of a form that it transfers (CON-92).
 *
 * @param number     the participant's own
 * @param lastDay    as the form says; else the agreement's term or the usual one decides (CON-95)
 * @param version    of the form's text
 * @param fileName   under which the file is kept
 * @param fileSha256 in hexadecimal; it is in the signed message, and so binds the file to it
 */
public record NewForm(String number, Inn taxpayer, String taxpayerName, Optional<Representative> representative, SortedSet<String> services, LocalDate signedOn,
        Optional<LocalDate> lastDay, String version, Signing signing, String fileName, String fileSha256) {

    private static final int SERVICES_MAX = 50;

    public NewForm {
        number = Input.text(number, "number", 100);
        taxpayerName = Input.text(taxpayerName, "taxpayerName", 500);
        version = Input.text(version, "formVersion", 100);
        fileName = Input.text(fileName, "fileName", 200);
        fileSha256 = Input.text(fileSha256, "fileSha256", 64).toLowerCase(Locale.ROOT);
        if (!fileSha256.matches("[0-9a-f]{64}")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "fileSha256");
        }
        if (lastDay.isPresent() && lastDay.get().isBefore(signedOn)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "lastDay");
        }
    }

    /** Codes of services as they were sent; twice the same is once. */
    public static SortedSet<String> services(Collection<String> codes) {
        if (codes.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services");
        }
        if (codes.size() > SERVICES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "services", SERVICES_MAX);
        }
        SortedSet<String> services = new TreeSet<>();
        codes.forEach(code -> services.add(Input.text(code, "services", 64)));
        return services;
    }

    /** Of all that is declared, each value with its length: equal for the same transfer only. */
    byte[] digest(UUID subsystem) {
        List<String> values = new ArrayList<>(List.of(subsystem.toString(), number, taxpayer.digits(), taxpayerName, signedOn.toString(),
                lastDay.map(LocalDate::toString).orElse(""), version, signing.name(), fileName, fileSha256));
        representative.ifPresent(person -> values.addAll(List.of(person.inn().digits(), person.name(), person.ground())));
        values.addAll(services);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String value : values) {
                digest.update((value.length() + ":" + value).getBytes(StandardCharsets.UTF_8));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
