package org.kopuro.access.tasks;

import java.time.Instant;
import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Where a page of tasks ended: after this one the next begins, whether or not it is still there. */
public record TaskPosition(Optional<Instant> dueAt, String key) {

    private static final int LENGTH_MAX = 300;

    /** As it is handed out and handed back. */
    public String text() {
        return dueAt.map(Instant::toString).orElse("") + "~" + key;
    }

    /** What {@link #text} wrote. */
    public static TaskPosition read(String text, String field) {
        String written = Input.text(text, field, LENGTH_MAX);
        int mark = written.indexOf('~');
        if (mark < 0 || mark == written.length() - 1) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return new TaskPosition(mark == 0 ? Optional.empty() : Optional.of(Input.instant(written.substring(0, mark), field)), written.substring(mark + 1));
    }
}
