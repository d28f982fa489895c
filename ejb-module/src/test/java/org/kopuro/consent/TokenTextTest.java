package org.kopuro.consent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;

/** The published vectors and properties of consent.md §5. */
class TokenTextTest {

    private static final String PRODUCTION = "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA";
    private static final String TEST = "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM";
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Test
    void computesTheCheckCharactersOfTheVectors() {
        assertEquals(PRODUCTION, generatedFromVector(Contour.PRODUCTION).printed());
        assertEquals(TEST, generatedFromVector(Contour.TEST).printed());
    }

    @Test
    void isStoredAsTheVectorsSay() {
        byte[] pepper = new byte[32];
        for (int i = 0; i < 32; i++) {
            pepper[i] = (byte) i;
        }
        assertEquals("debcfc200778c15aa2e31939e9ce50f63cd314bfab5eef6706066af995efea13",
                HexFormat.of().formatHex(new Peppers(Contour.PRODUCTION, pepper).hash(TokenText.read(PRODUCTION).orElseThrow()).value()));
        assertEquals("7c2a502f2028e1b294b686dc785a3b4092aee5e4544efbf7cfb3b88f232e4198",
                HexFormat.of().formatHex(new Peppers(Contour.TEST, pepper).hash(TokenText.read(TEST).orElseThrow()).value()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        PRODUCTION,
        "gns1p-oo8j4-ct4an-k7f24-snaxw-sqfez-ja",
        "GNSlP 008J4 CT4AN K7F24 SNAXW SQFEZ JA",
        "GNS1P008J4CT4ANK7F24SNAXWSQFEZJA",
        "GNS1Р-ОО8J4-СТ4АN-К7F24-SNАХW-SQFЕZ-JА",
        "\tGNS1P‐008J4–CT4AN—K7F24−SNAXW\u00A0SQFEZ\r\nJA ",
    })
    void acceptsTheSpellingsOfPeople(String spelling) {
        assertEquals(PRODUCTION, TokenText.read(spelling).orElseThrow().printed());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA",
        "GNS1P-080J4-CT4AN-K7F24-SNAXW-SQFEZ-JA",
        "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-J",
        "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JA0",
        "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JЖ",
        "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JU",
        "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-J＊",
        "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-JＡ",
        "GNS1P-008J4-CT4AN-K7F24-SNAXW-SQFEZ-J\u0000A",
    })
    void refusesEverythingElse(String spelling) {
        assertTrue(TokenText.read(spelling).isEmpty());
    }

    @Test
    void refusesInputOverTheLimitUnread() {
        assertTrue(TokenText.read(PRODUCTION + " ".repeat(TokenText.INPUT_LENGTH_MAX - 37)).isEmpty());
        assertTrue(TokenText.read(PRODUCTION + " ".repeat(TokenText.INPUT_LENGTH_MAX - 38)).isPresent());
    }

    @Test
    void keepsDottedAndDotlessIApart() {
        assertTrue(TokenText.read(PRODUCTION.replace("S1", "Sı")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {PRODUCTION, TEST})
    void detectsEverySingleAndEveryDoubleSubstitution(String vector) {
        char[] text = vector.replace("-", "").toCharArray();
        int singles = 0;
        int doubles = 0;
        for (int i = 0; i < text.length; i++) {
            for (char first : othersThan(text[i])) {
                char[] once = text.clone();
                once[i] = first;
                assertTrue(TokenText.read(new String(once)).isEmpty());
                singles++;
                for (int j = i + 1; j < text.length; j++) {
                    for (char second : othersThan(text[j])) {
                        char[] twice = once.clone();
                        twice[j] = second;
                        assertTrue(TokenText.read(new String(twice)).isEmpty());
                        doubles++;
                    }
                }
            }
        }
        assertEquals(992, singles);
        assertEquals(476_656, doubles);
    }

    @ParameterizedTest
    @EnumSource(Contour.class)
    void readsBackTenThousandRandomTokens(Contour contour) {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 10_000; i++) {
            TokenText token = TokenText.generate(contour, random);
            assertEquals(38, token.printed().length());
            assertEquals(token.canonical(), TokenText.read(token.printed()).orElseThrow().canonical());
            assertEquals(contour, token.contour());
        }
    }

    @Test
    void neverShowsItselfWhereItMightBeLogged() {
        assertEquals("token …EZJA", TokenText.read(PRODUCTION).orElseThrow().toString());
        assertFalse(("" + new IssuedTokenSample().issued).contains("GNS1"));
    }

    private static TokenText generatedFromVector(Contour contour) {
        byte[] octets = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");
        int[] fives = new int[25];
        for (int bit = 0; bit < 125; bit++) {
            fives[bit / 5] = fives[bit / 5] << 1 | octets[bit / 8] >> 7 - bit % 8 & 1;
        }
        return TokenText.generate(contour, new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) fives[i];
                }
            }
        });
    }

    private static char[] othersThan(char c) {
        char[] others = new char[31];
        int n = 0;
        for (char each : ALPHABET.toCharArray()) {
            if (each != c) {
                others[n++] = each;
            }
        }
        return Arrays.copyOf(others, n);
    }

    private static final class IssuedTokenSample {
        private final IssuedToken issued = new IssuedToken(PRODUCTION, new TokenView(new TokenId(new java.util.UUID(0, 1)), null, "", null, "",
                java.util.List.of(), null, null, TokenState.ACTIVE, java.util.Optional.empty(), java.util.Optional.empty(), "EZJA",
                java.util.Optional.empty(), java.util.Optional.empty(), java.util.Optional.empty(), java.util.Optional.empty(), false,
                java.util.Optional.empty(), java.util.Optional.empty(), java.util.List.of(), java.util.Optional.empty()));
    }
}
