package org.kopuro.access.products;

import org.kopuro.access.procedures.ProductRole;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/**
 * A participant's product as it is told (ACC-7). Never edited: what has become another product is another one.
 *
 * @param role the participant's
 */
public record NewProduct(ParticipantId participant, String name, ProductKind kind, String developer, String rightsHolder, ProductRole role) {

    public NewProduct {
        name = Input.text(name, "name", 200);
        developer = Input.text(developer, "developer", 300);
        rightsHolder = Input.text(rightsHolder, "rightsHolder", 300);
    }
}
