package org.kopuro.registers.borrowers;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A company or a sole proprietor as the registers have it on a day.
 *
 * @param inn           10 digits of a company, 12 of a proprietor
 * @param name          of a proprietor the full name
 * @param head          of a company, if there is one
 * @param kpp           of a company
 * @param ogrn          OGRN or OGRNIP
 * @param region        the tax office's region, two digits
 * @param okved         additional codes
 * @param bankruptcyOn  since when a procedure is under way
 * @param sme           empty: not on the register of small and medium enterprises
 * @param ngoRegisters  numbers of the decrees on whose registers it is: 906, 847
 * @param contract696   number of its contract under decree 696
 */
public record Borrower(String inn, String name, Optional<String> head, Optional<String> kpp, String ogrn, String legalForm, String region, LocalDate registeredOn, Optional<LocalDate> liquidatedOn,
        String okvedMain, List<String> okved, Optional<LocalDate> bankruptcyOn, Optional<Sme> sme, List<String> ngoRegisters, Optional<String> contract696) {

    public Borrower {
        okved = List.copyOf(okved);
        ngoRegisters = List.copyOf(ngoRegisters);
    }

    public record Sme(LocalDate includedOn, Size size) {
    }

    public enum Size {
        MICRO,
        SMALL,
        MEDIUM
    }
}
