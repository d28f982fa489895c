package org.kopuro.loans;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a bank wants of one loan.
 *
 * @param loan    which; empty for a new one, and where the application number says it
 * @param event   empty where what is stated says it: a row of a file, which enters what is not there and brings forward what is (LOAN-95)
 * @param stated  values by field, of the field's type; what is not stated stays as it is
 * @param cleared fields that are to be empty
 * @param version that was read; a newer one refuses the wish (LOAN-31)
 * @param reason  of rejection, withdrawal and correction
 * @param replaces a withdrawn loan that this one follows (LOAN-36, LOAN-38)
 * @param row     of the file
 */
public record Wish(Optional<UUID> loan, Optional<LoanEvent> event, Map<LoanField, Object> stated, Set<LoanField> cleared, Optional<Integer> version, Optional<String> reason, Optional<UUID> replaces,
        Optional<Integer> row) {

    public Wish {
        Map<LoanField, Object> copy = new EnumMap<>(LoanField.class);
        copy.putAll(stated);
        stated = Collections.unmodifiableMap(copy);
        cleared = Set.copyOf(cleared);
    }

    /** A row of a file, by programme and application number. */
    public static Wish row(int row, Map<LoanField, Object> stated) {
        return new Wish(Optional.empty(), Optional.empty(), stated, Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(row));
    }

    /** A new loan. */
    public static Wish enter(LoanEvent event, Map<LoanField, Object> stated, Optional<UUID> replaces) {
        return new Wish(Optional.empty(), Optional.of(event), stated, Set.of(), Optional.empty(), Optional.empty(), replaces, Optional.empty());
    }

    /** A change of a loan whose version was read. */
    public static Wish change(UUID loan, LoanEvent event, Map<LoanField, Object> stated, int version, Optional<String> reason) {
        return new Wish(Optional.of(loan), Optional.of(event), stated, Set.of(), Optional.of(version), reason, Optional.empty(), Optional.empty());
    }

    public Wish clearing(Set<LoanField> fields) {
        return new Wish(loan, event, stated, fields, version, reason, replaces, row);
    }
}
