package org.kopuro.consent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * The text that a taxpayer reads before confirming a token; its version and SHA-256 are stored with the consent (CON-14). A version is never changed and never removed:
 * a new one stands beside it in the resources, and the receipts of old consents show the old one.
 */
public record ConsentText(String version, Language language, String text) {

    private static final ResourceBundle.Control EXACT_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** The one that is to be read now. */
    public static ConsentText in(Language language) {
        ResourceBundle bundle = texts(language);
        String version = bundle.getString("version");
        return new ConsentText(version, language, bundle.getString(key(version)));
    }

    /** Of any version that ever was; empty where there was none of that name. */
    public static Optional<ConsentText> of(String version, Language language) {
        ResourceBundle bundle = texts(language);
        return Optional.of(key(version)).filter(bundle::containsKey).map(key -> new ConsentText(version, language, bundle.getString(key)));
    }

    /** What a client says that the taxpayer has read: refused unless it is the text of that version and language, and the one that is to be read now. */
    public static ConsentText shown(Language language, String version, String sha256) {
        ConsentText present = in(language);
        if (!present.version.equals(version)) {
            throw Refusal.of(ConsentRefusal.CONSENT_TEXT_DIFFERS, "textVersion", present.version);
        }
        if (!present.digest().equals(sha256.toLowerCase(Locale.ROOT))) {
            throw Refusal.of(ConsentRefusal.CONSENT_TEXT_DIFFERS, "textSha256", present.version);
        }
        return present;
    }

    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in hexadecimal digits. */
    public String digest() {
        return HexFormat.of().formatHex(sha256());
    }

    private static ResourceBundle texts(Language language) {
        return ResourceBundle.getBundle(ConsentText.class.getPackageName() + ".consent", language.locale(), ConsentText.class.getClassLoader(), EXACT_LANGUAGE);
    }

    private static String key(String version) {
        return "text." + version;
    }
}
