package org.kopuro.companies;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Inn;

/**
 * What a check found.
 *
 * @param name         empty where the register does not know the company, or no name of it
 * @param registeredOn empty where the register does not say
 * @param endedOn      empty where the register does not say when
 * @param call         of the external register
 */
public record CompanyView(UUID check, Inn inn, CompanySource source, CompanyState state, Optional<String> name, Optional<LocalDate> registeredOn, Optional<LocalDate> endedOn,
        Instant checkedAt, Optional<UUID> call) {
}
