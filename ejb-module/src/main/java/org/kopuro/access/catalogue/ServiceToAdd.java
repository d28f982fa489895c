package org.kopuro.access.catalogue;

import java.util.Map;
import org.kopuro.access.ServiceRule;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * A service that is added to the catalogue. Nobody calls it before a version of it is published.
 *
 * @param rule from today on
 */
public record ServiceToAdd(String code, Map<Language, String> titles, String procedure, ServiceRule rule) {

    private static final int CEILING_MAX = 1_000_000;

    public ServiceToAdd {
        code = Input.text(code, "code", 64);
        if (!code.matches("[A-Za-z][A-Za-z0-9]*")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "code");
        }
        titles = ServiceChange.checked(titles);
        procedure = Input.text(procedure, "procedure", 32);
        check(rule);
    }

    /** Which ceilings can be. */
    static void check(ServiceRule rule) {
        Map.of("validityDays", rule.validityDays(), "dataAgeMonths", rule.dataAgeMonths(), "dataRangeMonths", rule.dataRangeMonths(), "callsPerDay", rule.callsPerDay(),
                "callsPerToken", rule.callsPerToken())
                .forEach((field, ceiling) -> {
                    if (ceiling.filter(number -> number < 1 || number > CEILING_MAX).isPresent()) {
                        throw Refusal.of(InputRefusal.FIELD_INVALID, field);
                    }
                });
    }
}
