package org.kopuro.consent.forms;

import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;

/**
 * Who signed for the taxpayer.
 *
 * @param ground the post or the power of attorney
 */
public record Representative(Inn inn, String name, String ground) {
    public Representative {
        name = Input.text(name, "representative.name", 500);
        ground = Input.text(ground, "representative.ground", 500);
    }
}
