package org.kopuro.access.exemptions;

import java.time.LocalDate;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/**
 * What an official records; the file comes with it.
 *
 * @param ground   one of the procedure's
 * @param number   of the written basis, as its day {@code issuedOn}
 * @param text     what it is and what follows from it
 */
public record NewExemption(ParticipantId participant, String procedure, String ground, String number, LocalDate issuedOn, String text) {

    public NewExemption {
        procedure = Input.text(procedure, "procedure", 32);
        ground = Input.text(ground, "ground", 64);
        number = Input.text(number, "number", 100);
        text = Input.text(text, "text", 500);
    }
}
