package org.kopuro.participants;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Refusal;

/** The last digit of a Russian registration number checks the others (ACC-3). */
class WritingAnOgrnTest {

    @ParameterizedTest
    @CsvSource({"1027700132195, LEGAL_PERSON", "' 1027700132195\n', STATE_BODY", "304500116000157, SOLE_PROPRIETOR",
        // The remainder has two digits, and its last one checks.
        "1027700000020, LEGAL_PERSON", "304500116000072, SOLE_PROPRIETOR"})
    void aNumberAsItStandsInTheRegisterIsTaken(String text, ParticipantKind kind) {
        assertDoesNotThrow(() -> Ogrn.of(text, "ogrn").requireOf(kind, "ogrn"));
    }

    @ParameterizedTest
    @CsvSource({"'', OGRN_LENGTH", "102770013219, OGRN_LENGTH", "10277001321950, OGRN_LENGTH", "3045001160001570, OGRN_LENGTH", "102770013219x, OGRN_LENGTH", "'1027700 132195', OGRN_LENGTH",
        "١027700132195, OGRN_LENGTH", "0027700132195, OGRN_LENGTH", "1027700132194, OGRN_CHECK_DIGIT", "1027700132915, OGRN_CHECK_DIGIT", "304500116000156, OGRN_CHECK_DIGIT"})
    void whatCannotBeOneIsRefused(String text, ParticipantRefusal expected) {
        Refusal refusal = assertThrows(Refusal.class, () -> Ogrn.of(text, "particulars.ogrn"));
        assertEquals(expected, refusal.code());
        assertEquals("particulars.ogrn", refusal.field());
    }

    @ParameterizedTest
    @CsvSource({"1027700132195, SOLE_PROPRIETOR", "1027700132195, NATURAL_PERSON", "304500116000157, LEGAL_PERSON", "304500116000157, STATE_BODY", "304500116000157, NATURAL_PERSON"})
    void aNumberThatAParticipantOfItsKindDoesNotHaveIsRefused(String text, ParticipantKind kind) {
        assertEquals(ParticipantRefusal.OGRN_OF_ANOTHER_KIND, assertThrows(Refusal.class, () -> Ogrn.of(text, "ogrn").requireOf(kind, "ogrn")).code());
    }
}
