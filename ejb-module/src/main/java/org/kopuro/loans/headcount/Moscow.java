package org.kopuro.loans.headcount;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Days of loans and of reports begin and end there, whatever the authority's own zone (LOAN-63). */
final class Moscow {

    static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    private Moscow() {
    }

    static LocalDate day(Instant moment) {
        return moment.atZone(ZONE).toLocalDate();
    }
}
