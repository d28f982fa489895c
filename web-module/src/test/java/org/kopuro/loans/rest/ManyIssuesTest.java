package org.kopuro.loans.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.LoanField;

/** A loan has as many issues and balances as it has, also by JSON; other lists end at a hundred. */
class ManyIssuesTest {

    @ParameterizedTest
    @EnumSource(names = {"ISSUES", "BALANCES"})
    void areTakenUpToAThousand(LoanField field) {
        assertEquals(1000, ((List<?>) LoanReader.fields(body(field, 1000), Set.of(field)).get(field)).size());
        Refusal refusal = assertThrows(Refusal.class, () -> LoanReader.fields(body(field, 1001), Set.of(field)));
        assertEquals(InputRefusal.FIELD_TOO_LONG + " " + field.json() + " 1000", refusal.code() + " " + refusal.field() + " " + refusal.argument(0));
    }

    private static JsonBody body(LoanField field, int number) {
        String one = field == LoanField.ISSUES ? "{\"on\":\"2026-02-17\",\"sum\":\"1.00\"}" : "{\"month\":\"2026-02\",\"sum\":\"1.00\"}";
        return JsonBody.of("{\"" + field.json() + "\":[" + String.join(",", Collections.nCopies(number, one)) + "]}");
    }
}
