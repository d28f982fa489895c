package org.kopuro.representation;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What a mandate rests on (CON-130): a registered power, a paper, or both.
 *
 * @param number         of the power
 * @param registeredWith the notary or the register that has it
 * @param document       filed by the grantor ({@link Mandates#fileGround})
 */
public record Ground(String number, LocalDate dated, Optional<String> registeredWith, Optional<UUID> document) {

    public Ground {
        number = Input.text(number, "ground.number", 100);
        registeredWith = registeredWith.map(where -> Input.text(where, "ground.registeredWith", 300));
        if (registeredWith.isEmpty() && document.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "ground.document");
        }
    }

    String words() {
        return number + ", " + dated + registeredWith.map(where -> ", " + where).orElse("");
    }
}
