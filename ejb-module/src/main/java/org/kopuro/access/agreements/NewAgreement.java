package org.kopuro.access.agreements;

import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/**
 * An agreement that is being made.
 *
 * @param number of the paper, never used twice under a procedure
 * @param legacy made before the order took effect (ACC-56)
 */
public record NewAgreement(ParticipantId participant, String procedure, String number, boolean legacy) {

    public NewAgreement {
        procedure = Input.text(procedure, "procedure", 32);
        number = Input.text(number, "number", 100);
    }
}
