package org.kopuro.exchange.edge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What answers say beside themselves, in fields of HTTP. A Security Server drops them on SOAP's way. */
public final class Asides {

    /** Of HTTP: when a refused call may be repeated. */
    public static final String RETRY_AFTER = "Retry-After";
    /** Ours: what is wrong with a call that was answered all the same. */
    public static final String WARNING = "Kopuro-Warning";
    public static final String ID_REPEATED = "MESSAGE_ID_REPEATED";

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Asides() {
    }

    /** As HTTP writes a moment; what is left of its second is rounded up. */
    public static String date(Instant moment) {
        return HTTP_DATE.format(moment.getNano() == 0 ? moment : moment.plusSeconds(1));
    }
}
