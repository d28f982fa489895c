package org.kopuro.access.duties;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Input;

/**
 * A change of the structure or composition of services' data, or of the conditions of connection (003 §13.3).
 *
 * @param firstDay        from which it holds
 * @param newVersion      that the services have from then on
 * @param emergencyReason why it cannot wait for the procedure's time; empty where it does
 */
public record NewChange(Set<String> services, LocalDate firstDay, String description, Optional<String> newVersion, Optional<String> emergencyReason) {

    public NewChange {
        services = ServiceCodes.of(services);
        description = Input.lines(description, "description", 4000);
        newVersion = newVersion.map(text -> Input.text(text, "newVersion", 16));
        emergencyReason = emergencyReason.map(text -> Input.lines(text, "emergencyReason", 1000));
    }
}
