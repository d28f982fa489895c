package org.kopuro.access.requests;

import java.util.Optional;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * A subsystem that a CHANGE adds, or drops in its contour (ACC-46).
 *
 * @param name what it is called; of one that is added
 */
public record SubsystemWish(String code, Optional<String> name, boolean drops) {

    public SubsystemWish {
        code = Input.text(code, "subsystems.code", 64);
        name = name.map(text -> Input.text(text, "subsystems.name", 200));
        if (drops == name.isPresent()) {
            throw Refusal.of(drops ? InputRefusal.FIELD_INVALID : InputRefusal.FIELD_MISSING, "subsystems.name");
        }
    }
}
