package org.kopuro.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ResourceBundle;
import org.kopuro.kernel.Language;

/** The text that a taxpayer reads before confirming a token; its version and SHA-256 are stored with the consent (CON-14). */
public record ConsentText(String version, Language language, String text) {

    private static final ResourceBundle.Control EXACT_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    public static ConsentText in(Language language) {
        ResourceBundle bundle = ResourceBundle.getBundle(ConsentText.class.getPackageName() + ".consent", language.locale(),
                ConsentText.class.getClassLoader(), EXACT_LANGUAGE);
        return new ConsentText(bundle.getString("version"), language, bundle.getString("text"));
    }

    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
