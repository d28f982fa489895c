package org.kopuro.access.duties;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** The services that an announcement names. */
final class ServiceCodes {

    private static final int MOST = 100;

    private ServiceCodes() {
    }

    static Set<String> of(Collection<String> named) {
        if (named.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services");
        }
        if (named.size() > MOST) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "services", MOST);
        }
        Set<String> codes = new TreeSet<>();
        named.forEach(code -> codes.add(Input.text(code, "services", 64)));
        return Set.copyOf(codes);
    }
}
