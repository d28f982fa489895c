package org.kopuro.registers.borrowers;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kopuro.kernel.Contour;

/** Answers from the registers of borrowers. Each question is one statement, however many are asked about, and changes nothing. */
@Stateless
public class Borrowers {

    /** The days of Russian registers begin at Moscow's midnight. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Moscow");

    @Inject
    private BorrowerStore store;

    /** Those whom the register of companies knows as of their days; the others are missing. */
    public Map<Asked, Borrower> seen(Collection<Asked> asked, Contour contour) {
        return asked.isEmpty() ? Map.of() : store.seen(asked, contour);
    }

    /** On which lists of non-profit organisations each is, by their decrees' numbers, in the newest ones until that day; who is on none is missing. Known companies or not. */
    public Map<String, List<String>> listed(Collection<String> inns, LocalDate on, Contour contour) {
        return inns.isEmpty() ? Map.of() : store.listed(inns, on, contour);
    }

    /** How far each register is filled; a register that never was is missing. */
    public Map<BorrowerRegister, Loaded> loaded(Contour contour) {
        return store.loaded(contour);
    }

    /** Those of the codes that the classifier does not have on their days. */
    public Set<CodeOn> unclassified(Collection<CodeOn> codes) {
        return codes.isEmpty() ? Set.of() : store.unclassified(codes);
    }
}
