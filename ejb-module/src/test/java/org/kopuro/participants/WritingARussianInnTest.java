package org.kopuro.participants;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Refusal;

/** The last digit of a Russian taxpayer's number, of a person's the last two, check the others (ACC-3, ACC-42). */
class WritingARussianInnTest {

    @ParameterizedTest
    @CsvSource({"7707083893, LEGAL_PERSON", "' 7736050003\n', STATE_BODY", "500100732259, NATURAL_PERSON", "500100732259, SOLE_PROPRIETOR",
        // The remainder is 10, and the check digit 0.
        "7700000070, LEGAL_PERSON", "770000002700, NATURAL_PERSON"})
    void aNumberAsItStandsInTheRegisterIsTaken(String text, ParticipantKind kind) {
        assertDoesNotThrow(() -> RussianInn.of(text, "inn").requireOf(kind, "inn"));
    }

    @ParameterizedTest
    @CsvSource({"'', RUSSIAN_INN_LENGTH", "770708389, RUSSIAN_INN_LENGTH", "77070838930, RUSSIAN_INN_LENGTH", "01203200510001, RUSSIAN_INN_LENGTH", "770708389x, RUSSIAN_INN_LENGTH",
        "'77070 83893', RUSSIAN_INN_LENGTH", "٧707083893, RUSSIAN_INN_LENGTH", "0007083893, RUSSIAN_INN_LENGTH", "7707083894, RUSSIAN_INN_CHECK_DIGIT", "7707038893, RUSSIAN_INN_CHECK_DIGIT",
        "500100732258, RUSSIAN_INN_CHECK_DIGIT", "500100732249, RUSSIAN_INN_CHECK_DIGIT"})
    void whatCannotBeOneIsRefused(String text, ParticipantRefusal expected) {
        Refusal refusal = assertThrows(Refusal.class, () -> RussianInn.of(text, "particulars.russianInn"));
        assertEquals(expected + " particulars.russianInn", refusal.code() + " " + refusal.field());
    }

    @ParameterizedTest
    @CsvSource({"7707083893, SOLE_PROPRIETOR", "7707083893, NATURAL_PERSON", "500100732259, LEGAL_PERSON", "500100732259, STATE_BODY"})
    void aNumberThatAParticipantOfItsKindDoesNotHaveIsRefused(String text, ParticipantKind kind) {
        assertEquals(ParticipantRefusal.RUSSIAN_INN_OF_ANOTHER_KIND, assertThrows(Refusal.class, () -> RussianInn.of(text, "inn").requireOf(kind, "inn")).code());
    }
}
