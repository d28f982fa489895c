package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** What taxpayers read before they make a token (CON-14). */
class ConsentTextTest {

    /** Who changes a text gives it a new version and a new line here; the old lines stay. */
    @ParameterizedTest
    @CsvSource({
        "1, RU, ad48f27af6c39d75c755b5b44a26c63026793a718e465f6b5d1d31db0dd5e2e8",
        "1, KY, 0d4b95f84fec213c4f439821055e326ea8b407a4991173728f8a5b5b60fb0703",
        "1, EN, 42ff6c0f54e6f0168b5430db996566752ee39ae69244758b4b48d0127e8baf43"})
    void aTextThatWasReadIsKeptAsItWas(String version, Language language, String sha256) {
        assertEquals(sha256, ConsentText.of(version, language).orElseThrow().digest());
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theOneToBeReadNowIsOneOfThemAndWhoShowedItIsBelieved(Language language) {
        ConsentText present = ConsentText.in(language);
        assertEquals(Optional.of(present), ConsentText.of(present.version(), language));
        assertEquals(present, ConsentText.shown(language, present.version(), present.digest().toUpperCase(Locale.ROOT)));
        assertEquals(ConsentText.in(Language.EN).version(), present.version(), "the languages say the same");
    }

    @Test
    void whoeverShowedAnotherTextIsRefused() {
        ConsentText present = ConsentText.in(Language.KY);
        assertDiffers("textVersion", "0", present.digest());
        assertDiffers("textVersion", "", present.digest());
        assertDiffers("textSha256", present.version(), ConsentText.in(Language.RU).digest());
        assertDiffers("textSha256", present.version(), present.digest().substring(1));
        assertDiffers("textSha256", present.version(), "");
        assertTrue(ConsentText.of("0", Language.KY).isEmpty());
    }

    private static void assertDiffers(String field, String version, String sha256) {
        Refusal refusal = assertThrows(Refusal.class, () -> ConsentText.shown(Language.KY, version, sha256));
        assertEquals(ConsentRefusal.CONSENT_TEXT_DIFFERS, refusal.code());
        assertEquals(field, refusal.field());
    }
}
