package org.kopuro.loans.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.NotInTheAddress;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.listing.LoanFilter;
import org.kopuro.loans.listing.LoanOrder;

/**
 * What is asked of a list of loans (LOAN-100): conditions, and besides them what the resource knows: {@code order}, {@code cursor}, {@code limit}… Behind a question mark, where a name that is repeated
 * stands for any of its values and nothing personal has a place; or in a body, where an array does. Whatever has no meaning is refused.
 */
final class LoanQuery {

    /** Where nothing is said of it. */
    private static final int LIMIT = 100;
    /** Of a company's number; what is longer is a person's. */
    private static final int INN_OF_COMPANY = 10;
    private static final int OGRN_OF_COMPANY = 13;
    private static final int PARAMETERS_MAX = 100;

    private final Map<String, List<String>> besides = new TreeMap<>();
    private final LoanFilter filter;

    private LoanQuery(Map<String, List<String>> asked, Set<String> known) {
        Map<String, List<String>> conditions = new TreeMap<>();
        asked.forEach((name, values) -> (known.contains(name) ? besides : conditions).put(name, values));
        filter = LoanFilter.of(conditions);
    }

    /** @param known what the resource asks for itself */
    static LoanQuery of(MultivaluedMap<String, String> address, String... known) {
        Map.of("inn", INN_OF_COMPANY, "innPrefix", INN_OF_COMPANY, "ogrn", OGRN_OF_COMPANY).forEach((name, ofCompany) ->
                address.getOrDefault(name, List.of()).stream().filter(value -> value.length() > ofCompany).forEach(value -> NotInTheAddress.require(name, value)));
        // A proprietor's name is his own, and who heads a company is a person.
        NotInTheAddress.require("name", address.getFirst("name"));
        NotInTheAddress.require("head", address.getFirst("head"));
        if (address.values().stream().mapToInt(List::size).sum() > PARAMETERS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "query");
        }
        return new LoanQuery(address, Set.of(known));
    }

    static LoanQuery of(String body, String... known) {
        JsonBody json = JsonBody.of(body);
        Map<String, List<String>> asked = new TreeMap<>();
        List<String> names = new ArrayList<>(LoanFilter.NAMES);
        names.addAll(List.of(known));
        for (String name : names) {
            List<String> values = json.many(name);
            if (!values.isEmpty()) {
                asked.put(name, values);
            }
        }
        json.end();
        return new LoanQuery(asked, Set.of(known));
    }

    LoanFilter filter() {
        return filter;
    }

    Optional<LoanOrder> order() {
        return one("order").map(text -> LoanOrder.of(text, "order"));
    }

    Optional<String> cursor() {
        return one("cursor");
    }

    int limit() {
        return number("limit").orElse(LIMIT);
    }

    Optional<Integer> number(String name) {
        return one(name).map(text -> {
            if (!text.matches("[0-9]{1,9}")) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, name);
            }
            return Integer.valueOf(text);
        });
    }

    <E extends Enum<E>> Optional<E> oneOf(Class<E> type, String name) {
        return one(name).map(text -> Input.oneOf(type, text, name));
    }

    Optional<String> one(String name) {
        List<String> values = besides.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, name);
        }
        return values.stream().findFirst();
    }
}
