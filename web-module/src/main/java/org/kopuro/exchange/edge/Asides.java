package org.kopuro.exchange.edge;

/** What answers say beside themselves, in fields of HTTP. A Security Server drops them on SOAP's way. */
public final class Asides {

    /** Ours: what is wrong with a call that was answered all the same. */
    public static final String WARNING = "Kopuro-Warning";
    public static final String ID_REPEATED = "MESSAGE_ID_REPEATED";

    private Asides() {
    }
}
