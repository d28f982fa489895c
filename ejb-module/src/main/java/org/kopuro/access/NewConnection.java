package org.kopuro.access;

import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/** Who is connected to which contour under which procedure, by whom and why. */
public record NewConnection(ParticipantId participant, Contour contour, String procedure, Actor by, String reason) {

    public NewConnection {
        procedure = Input.text(procedure, "procedure", 32);
        reason = Input.text(reason, "reason", 1000);
    }
}
