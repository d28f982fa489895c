package org.kopuro.access.requests;

import java.util.List;
import java.util.Optional;
import org.kopuro.access.NewAccessRight;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * A subsystem that a CHANGE adds, or drops in its contour (ACC-46).
 *
 * @param name     what it is called; of one that is added
 * @param services that one which is added is to call
 */
public record SubsystemWish(String code, Optional<String> name, boolean drops, List<Called> services) {

    private static final int SERVICES_MAX = 100;

    /** That calls nothing yet. */
    public SubsystemWish(String code, Optional<String> name, boolean drops) {
        this(code, name, drops, List.of());
    }

    public SubsystemWish {
        code = Input.text(code, "subsystems.code", 64);
        name = name.map(text -> Input.text(text, "subsystems.name", 200));
        if (drops == name.isPresent()) {
            throw Refusal.of(drops ? InputRefusal.FIELD_INVALID : InputRefusal.FIELD_MISSING, "subsystems.name");
        }
        services = List.copyOf(services);
        if (drops && !services.isEmpty() || services.stream().map(Called::code).distinct().count() < services.size()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "subsystems.services");
        }
        if (services.size() > SERVICES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "subsystems.services", SERVICES_MAX);
        }
    }

    /**
     * A service that it is to call.
     *
     * @param purpose for what it will use the data (ACC-O20)
     */
    public record Called(String code, String purpose) {

        public Called {
            code = Input.text(code, "subsystems.services.service", 64);
            purpose = Input.text(purpose, "subsystems.services.purpose", NewAccessRight.PURPOSE_MAX);
        }
    }

    /** The same, which is to call these. */
    public SubsystemWish calling(List<Called> wanted) {
        return new SubsystemWish(code, name, drops, wanted);
    }
}
