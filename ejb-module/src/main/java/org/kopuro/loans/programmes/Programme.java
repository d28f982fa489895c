package org.kopuro.loans.programmes;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.kopuro.kernel.Language;

/**
 * A programme of preferential lending (LOAN-10). Its policy on duplicates, regulator, sector, entry point and end may change, by {@link ProgrammeChanges}; nothing else of it.
 *
 * @param code        the number of its decree
 * @param titles      in every language
 * @param regulator   code of the federal body that watches it
 * @param stagesApart whether a loan of one stage is no duplicate of one of another (LOAN-42)
 * @param activeTo    the last day; empty is no end
 * @param procedure   code of the access procedure under which its banks are connected
 */
public record Programme(String code, LocalDate decreedOn, Map<Language, String> titles, String sector, String regulator, EntryPoint entryPoint, DuplicatePolicy duplicatePolicy, boolean stagesApart,
        LocalDate activeFrom, Optional<LocalDate> activeTo, String procedure) {
}
