package org.kopuro.consent.forms.batches;

import java.util.Optional;
import org.kopuro.consent.forms.FormId;
import org.kopuro.kernel.Refusal;

/**
 * What a row of a batch came to.
 *
 * @param number    from 1
 * @param ownNumber the participant's, as far as it is one
 * @param result    as of a single transfer, or {@link #REFUSED}
 * @param problem   of SIGNATURE_INVALID; of what was refused, the refusal's code
 * @param field     of what was refused, where to look
 */
public record RowResult(int number, String ownNumber, String result, Optional<String> problem, Optional<String> field, Optional<FormId> form) {

    public static final String REFUSED = "REFUSED";
    private static final int CODE_LENGTH_MAX = 100;

    static RowResult refused(BatchLine line, Refusal refusal) {
        return new RowResult(line.number(), line.ownNumber(), REFUSED, Optional.of(bounded(refusal.code().name())), Optional.ofNullable(refusal.field()).map(RowResult::bounded), Optional.empty());
    }

    private static String bounded(String text) {
        return text.length() <= CODE_LENGTH_MAX ? text : text.substring(0, CODE_LENGTH_MAX);
    }
}
