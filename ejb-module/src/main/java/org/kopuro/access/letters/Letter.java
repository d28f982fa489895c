package org.kopuro.access.letters;

import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** What an official keeps of the letter that a request or a report came by (ACC-40). */
public record Letter(String sender, Optional<String> subject, Optional<String> messageId, Instant receivedAt) {

    /** Of which nothing else is kept. */
    public Letter(String sender, Instant receivedAt) {
        this(sender, Optional.empty(), Optional.empty(), receivedAt);
    }

    public Letter {
        sender = Input.text(sender, "letter.sender", 254);
        if (!MailAddress.plausible(sender)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "letter.sender");
        }
        subject = subject.map(text -> Input.text(text, "letter.subject", 500));
        messageId = messageId.map(text -> Input.text(text, "letter.messageId", 998));
    }
}
