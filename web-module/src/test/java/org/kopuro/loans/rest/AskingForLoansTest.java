package org.kopuro.loans.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.listing.LoanColumn;
import org.kopuro.loans.listing.LoanOrder;

/** A list is asked for behind a question mark, or in a body. */
class AskingForLoansTest {

    private static final String[] BESIDES = {"order", "cursor", "limit"};

    private static MultivaluedMap<String, String> address(String... namesAndValues) {
        MultivaluedMap<String, String> address = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            address.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return address;
    }

    @Test
    void isTheSameQuestionInAnAddressAndInABody() {
        LoanQuery asked = LoanQuery.of(address("status", "FORMED", "status", "APPROVED", "duplicate", "true", "stage", "2", "order", "-contractSum", "limit", "7"), BESIDES);
        LoanQuery same = LoanQuery.of("{\"status\": [\"APPROVED\", \"FORMED\"], \"duplicate\": true, \"stage\": 2, \"order\": \"-contractSum\", \"limit\": 7}", BESIDES);
        assertEquals(asked.filter().canonical(), same.filter().canonical());
        assertEquals("{\"duplicate\":[\"true\"],\"stage\":[\"2\"],\"status\":[\"APPROVED\",\"FORMED\"]}", asked.filter().canonical());
        for (LoanQuery one : List.of(asked, same)) {
            assertEquals(Optional.of(new LoanOrder(LoanColumn.CONTRACT_SUM, true)), one.order());
            assertEquals(7, one.limit());
            assertEquals(Optional.empty(), one.cursor());
        }
        assertEquals(100, LoanQuery.of(address(), BESIDES).limit());
    }

    @Test
    void namesNobodyInAnAddress() {
        for (String[] one : new String[][] {{"inn", "990000123452"}, {"innPrefix", "99000012345"}, {"name", "Иванов"}, {"head", "Иванов"}, {"ogrn", "399990000001238"}}) {
            refused(InputRefusal.NOT_IN_THE_ADDRESS, one[0], () -> LoanQuery.of(address(one), BESIDES));
        }
        LoanQuery.of(address("inn", "7707083893", "ogrn", "1027700132195"), BESIDES);
        LoanQuery.of("{\"inn\": \"990000123452\", \"ogrn\": \"399990000001238\", \"name\": \"Иванов\", \"head\": \"Иванов\"}", BESIDES);
    }

    @Test
    void refusesWhatHasNoMeaning() {
        refused(InputRefusal.FIELD_UNKNOWN, "sort", () -> LoanQuery.of(address("sort", "inn"), BESIDES));
        refused(InputRefusal.FIELD_UNKNOWN, "cursor", () -> LoanQuery.of(address("cursor", "x"), "order"));
        refused(InputRefusal.FIELD_UNKNOWN, "sort", () -> LoanQuery.of("{\"sort\": \"inn\"}", BESIDES));
        refused(InputRefusal.FIELD_INVALID, "status", () -> LoanQuery.of("{\"status\": {\"a\": 1}}", BESIDES));
        refused(InputRefusal.FIELD_INVALID, "status", () -> LoanQuery.of("{\"status\": [1]}", BESIDES));
        refused(InputRefusal.FIELD_INVALID, "limit", () -> LoanQuery.of(address("limit", "1", "limit", "2"), BESIDES).limit());
        refused(InputRefusal.FIELD_INVALID, "limit", () -> LoanQuery.of(address("limit", "-1"), BESIDES).limit());
        refused(InputRefusal.FIELD_INVALID, "order", () -> LoanQuery.of(address("order", "id; drop table"), BESIDES).order());
        refused(InputRefusal.FIELD_INVALID, "query", () -> LoanQuery.of(address(Stream.generate(() -> Stream.of("region", "77")).limit(101).flatMap(pair -> pair).toArray(String[]::new)), BESIDES));
    }

    private static void refused(InputRefusal code, String field, org.junit.jupiter.api.function.Executable call) {
        Refusal refusal = assertThrows(Refusal.class, call);
        assertEquals(code, refusal.code());
        assertEquals(field, refusal.field());
    }
}
