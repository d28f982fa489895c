package org.kopuro.access.requests;

import java.util.Optional;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.RussianInn;

/** Which taxpayer's number a procedure asks for: that of the country whose days it counts (ACC-42). The database says the same. */
final class Numbers {

    private Numbers() {
    }

    /** The participant's, or what a request states. */
    static Optional<String> inn(Procedure procedure, ParticipantView participant, Particulars stated) {
        // Requests from before there was a place for the Russian one stated it in the other's.
        return procedure.ofRussia() ? stated.russianInn().or(participant::russianInn).map(RussianInn::digits).or(() -> stated.inn().map(Inn::digits)) : stated.inn().map(Inn::digits).or(participant::inn);
    }

    static void refuseOfAnotherCountry(Particulars stated, Procedure procedure) {
        if (procedure.ofRussia() ? stated.inn().isPresent() : stated.russianInn().isPresent()) {
            throw Refusal.of(RequestRefusal.INN_OF_ANOTHER_COUNTRY, procedure.ofRussia() ? "particulars.inn" : "particulars.russianInn");
        }
    }
}
