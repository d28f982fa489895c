package org.kopuro.access.duties;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.access.letters.Letter;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * What a participant tells.
 *
 * @param procedure under which it is connected
 * @param letter    by which it came; empty when it was filed in the cabinet
 * @param day       of the change of particulars, or on which liquidation or reorganisation begins
 * @param start     of an outage; the moment of a breach
 * @param end       of an outage, where it is known
 */
public record NewReport(ReportKind kind, ParticipantId participant, String procedure, Optional<Letter> letter, Optional<LocalDate> day, Optional<Instant> start, Optional<Instant> end,
        String text) {

    public NewReport {
        procedure = Input.text(procedure, "procedure", 32);
        text = Input.lines(text, "text", 10_000);
        requirePresence(kind.ofDay(), day, "day");
        requirePresence(!kind.ofDay(), start, "start");
        if (end.isPresent() && kind != ReportKind.OUTAGE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "end");
        }
        if (end.isPresent() && !start.orElseThrow().isBefore(end.get())) {
            throw Refusal.of(DutyRefusal.OUTAGE_REVERSED, "end");
        }
    }

    private static void requirePresence(boolean wanted, Optional<?> value, String field) {
        if (wanted != value.isPresent()) {
            throw Refusal.of(wanted ? InputRefusal.FIELD_MISSING : InputRefusal.FIELD_INVALID, field);
        }
    }
}
