package org.kopuro.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InnTest {

    @Test
    void tellsOrganisationsFromPeople() {
        assertTrue(new Inn("03002202000001").isOrganisation());
        assertFalse(new Inn("23002199000001").isOrganisation());
    }

    @Test
    void forgivesBlanksAroundTheNumber() {
        assertEquals(new Inn("23002199000001"), Inn.of(" 23002199000001\n", "inn"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', INN_MISSING",
        "2300219900000, INN_LENGTH",
        "230021990000011, INN_LENGTH",
        "2300219900000x, INN_NOT_DIGITS",
        "'23002199 00001', INN_NOT_DIGITS",
        "٢3002199000001, INN_NOT_DIGITS",
        "33002199000001, INN_FIRST_DIGIT",
        "20002199000001, INN_DAY",
        "23202199000001, INN_DAY",
        "23000199000001, INN_MONTH",
        "23013199000001, INN_MONTH",
        "23002189000001, INN_YEAR",
    })
    void saysWhichDigitRuleIsBroken(String text, InnRefusal expected) {
        Refusal refusal = assertThrows(Refusal.class, () -> Inn.of(text, "request/inn"));
        assertEquals(expected, refusal.code());
        assertEquals("request/inn", refusal.field());
    }

    @Test
    void isMaskedWhereItMightBeLogged() {
        assertEquals("2***********01", new Inn("23002199000001").toString());
    }
}
