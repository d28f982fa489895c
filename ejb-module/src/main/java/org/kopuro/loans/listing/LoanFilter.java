package org.kopuro.loans.listing;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.proof.CanonicalJson;

/** Which loans are wanted: all conditions together (LOAN-100). As it was asked, and checked already. */
public final class LoanFilter {

    /** Every loan of a scope. */
    public static final LoanFilter ALL = new LoanFilter(Map.of());
    /** What a filter can name. */
    public static final Set<String> NAMES = Stream.of(Criterion.values()).map(Criterion::text).collect(Collectors.toUnmodifiableSet());

    private final Map<Criterion, List<String>> asked = new EnumMap<>(Criterion.class);

    private LoanFilter(Map<Criterion, List<String>> asked) {
        this.asked.putAll(asked);
    }

    /**
     * @param texts by the condition's name; several where any of them is meant. What has no meaning is refused by its name
     */
    public static LoanFilter of(Map<String, List<String>> texts) {
        Map<Criterion, List<String>> asked = new EnumMap<>(Criterion.class);
        texts.forEach((name, values) -> {
            Criterion criterion = Criterion.named(name).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_UNKNOWN, name.substring(0, Math.min(name.length(), 64))));
            criterion.parameters(values);
            asked.put(criterion, List.copyOf(values));
        });
        return new LoanFilter(asked);
    }

    /** Of conditions with one value each: a name, its value, and so on. */
    public static LoanFilter of(String... namesAndValues) {
        Map<String, List<String>> texts = new java.util.LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return of(texts);
    }

    /** Whether loans that meet it are expected all over an order: then a page is soon found by following it. */
    boolean broad(LoanOrder order) {
        return asked.entrySet().stream().allMatch(one -> one.getKey().broad(order, one.getValue()));
    }

    Map<Criterion, List<String>> asked() {
        return Collections.unmodifiableMap(asked);
    }

    /** By name, for whoever wants to see what was asked. */
    public Map<String, List<String>> texts() {
        Map<String, List<String>> texts = new java.util.TreeMap<>();
        asked.forEach((criterion, values) -> texts.put(criterion.text(), values));
        return texts;
    }

    /** In the one spelling of RFC 8785, values sorted: equal filters, equal texts. */
    public String canonical() {
        JsonObjectBuilder out = Json.createObjectBuilder();
        asked.forEach((criterion, values) -> out.add(criterion.text(), Json.createArrayBuilder(values.stream().sorted().distinct().toList())));
        return CanonicalJson.of(out.build());
    }

    @Override
    public String toString() {
        return canonical();
    }
}
