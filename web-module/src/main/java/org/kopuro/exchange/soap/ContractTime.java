package org.kopuro.exchange.soap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeConstants;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;

/** Days and moments as the generated contract classes want them. */
public final class ContractTime {

    private static final DatatypeFactory DATES = dates();

    private ContractTime() {
    }

    public static XMLGregorianCalendar day(LocalDate date) {
        return DATES.newXMLGregorianCalendarDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth(), DatatypeConstants.FIELD_UNDEFINED);
    }

    /** In UTC, to the millisecond. */
    public static XMLGregorianCalendar moment(Instant instant) {
        return DATES.newXMLGregorianCalendar(GregorianCalendar.from(instant.truncatedTo(ChronoUnit.MILLIS).atZone(ZoneOffset.UTC)));
    }

    private static DatatypeFactory dates() {
        try {
            return DatatypeFactory.newInstance();
        } catch (DatatypeConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
