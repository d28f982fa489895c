package org.kopuro.loans.programmes;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What is to change of a programme; what is empty stays as it is.
 *
 * @param regulator code of the federal body that is to watch it
 * @param activeTo  the last day of applications
 */
public record ProgrammeChange(Optional<DuplicatePolicy> duplicatePolicy, Optional<String> regulator, Optional<String> sector, Optional<EntryPoint> entryPoint, Optional<LocalDate> activeTo) {

    public ProgrammeChange {
        if (Stream.of(duplicatePolicy, regulator, sector, entryPoint, activeTo).allMatch(Optional::isEmpty)) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "duplicatePolicy");
        }
        regulator = regulator.map(code -> NewProgramme.matching(code, "regulator", NewProgramme.NAME));
        sector = sector.map(code -> NewProgramme.matching(code, "sector", NewProgramme.NAME));
        RuleLimits.require(activeTo.filter(day -> !RuleLimits.plausible(day)).isEmpty(), "activeTo");
    }
}
