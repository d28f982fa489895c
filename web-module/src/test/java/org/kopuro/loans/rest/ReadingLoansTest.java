package org.kopuro.loans.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.LoanField;

/** A moment has a year that the database and people can read, by the days of Moscow. */
class ReadingLoansTest {

    @ParameterizedTest
    @ValueSource(strings = {"1899-12-31T12:00:00Z", "0001-01-01T00:00:00Z", "2199-12-31T21:00:00Z", "9999-12-31T23:00:00Z"})
    void aYearThatNobodyMeansIsRefused(String moment) {
        Refusal refusal = assertThrows(Refusal.class, () -> read(moment));
        assertEquals(InputRefusal.FIELD_INVALID, refusal.code());
        assertEquals("appliedAt", refusal.field());
    }

    @Test
    void theFirstAndTheLastDayAreTaken() {
        assertEquals(Instant.parse("1900-01-01T12:00:00Z"), read("1900-01-01T12:00:00Z"));
        assertEquals(Instant.parse("2199-12-31T20:59:59Z"), read("2199-12-31T23:59:59+03:00"));
    }

    private static Object read(String moment) {
        return LoanReader.fields(JsonBody.of("{\"appliedAt\": \"" + moment + "\"}"), EnumSet.of(LoanField.APPLIED_AT)).get(LoanField.APPLIED_AT);
    }
}
