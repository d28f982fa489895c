package org.kopuro.access.staff;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.notices.NewNotice;

/** A unit as it is to be from its first day on. Unit and head have addresses, or both have none and are told nothing. */
public record NewStaffUnit(Contour contour, Optional<String> procedure, LocalDate firstDay, String name, Language language, List<String> addresses, Language headLanguage,
        List<String> headAddresses) {

    public NewStaffUnit {
        procedure = procedure.map(code -> Input.text(code, "procedure", 32));
        name = Input.text(name, "name", 300);
        addresses = checked(addresses, "addresses");
        headAddresses = checked(headAddresses, "head.addresses");
        if (addresses.isEmpty() != headAddresses.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, addresses.isEmpty() ? "addresses" : "head.addresses");
        }
    }

    private static List<String> checked(List<String> addresses, String field) {
        if (addresses.size() > NewNotice.RECIPIENTS_MAX || !addresses.stream().allMatch(NewNotice::canGoTo)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return List.copyOf(addresses);
    }
}
