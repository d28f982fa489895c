package org.kopuro.access.duties;

import java.time.Instant;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** By which a report came that an official registers. */
public record Letter(String sender, Instant receivedAt) {

    public Letter {
        sender = Input.text(sender, "letter.sender", 254);
        if (sender.length() < 3) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "letter.sender");
        }
    }
}
