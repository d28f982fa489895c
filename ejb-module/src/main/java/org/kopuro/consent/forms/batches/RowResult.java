package org.kopuro.consent.forms.batches;

import java.util.Optional;
import org.kopuro.consent.forms.FormId;

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
}
