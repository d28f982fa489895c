package org.kopuro.access.requests;

import java.util.List;
import org.kopuro.access.procedures.Decree;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.kernel.Refusal;

/**
 * What a filed request lacks, so that it is not taken up (ACC-T02); a request is turned away for these only (ACC-T03), so that none is on its merits (ACC-45). Each is the
 * cause's code, and the refusal of whoever takes it up all the same. The database finds them.
 */
enum Shortcoming {
    SENDER_OUTSIDE_ZONE(RequestRefusal.SENDER_OUTSIDE_ZONE, "letter.sender"),
    ATTACHMENT_MISSING(RequestRefusal.ATTACHMENT_MISSING, "file"),
    TESTED_SERVICES_NOT_NAMED(RequestRefusal.TESTED_SERVICES_NOT_NAMED, "services"),
    PARTICIPANT_INN_MISSING(RequestRefusal.PARTICIPANT_INN_MISSING, "particulars.inn"),
    OGRN_MISSING(RequestRefusal.OGRN_MISSING, "particulars.ogrn"),
    DECREE_MISSING(RequestRefusal.DECREE_MISSING, "decrees"),
    ACTION_MISSING(RequestRefusal.ACTION_MISSING, "action");

    private final RequestRefusal refusal;
    private final String field;

    Shortcoming(RequestRefusal refusal, String field) {
        this.refusal = refusal;
        this.field = field;
    }

    /** What whoever takes such a request up is told. */
    Refusal refusal(Procedure procedure) {
        String where = this == PARTICIPANT_INN_MISSING && procedure.ofRussia() ? "particulars.russianInn" : field;
        List<String> permitted = this == DECREE_MISSING ? procedure.decrees().stream().map(Decree::code).toList() : procedure.senderZones().orElse(List.of());
        return Refusal.of(refusal, where, String.join(", ", permitted));
    }
}
