package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collection;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.exchange.soap.MessageRefusal;
import org.kopuro.exchange.xroadrest.RestRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.RefusalCode;

/** Each code of an edge has a sentence and an advice in three languages, and no bundle has a text that no code uses. */
class EdgeTextsTest {

    static Stream<List<RefusalCode>> edges() {
        return Stream.of(List.of(MessageRefusal.values()), List.of(RestRefusal.values()));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void areCompleteInEveryLanguage(List<RefusalCode> codes) {
        Set<String> expected = new TreeSet<>();
        codes.forEach(code -> expected.addAll(Set.of(code.name(), code.name() + ".do")));
        for (Language language : Language.values()) {
            ResourceBundle bundle = ResourceBundle.getBundle(codes.get(0).getDeclaringClass().getPackageName() + ".refusals", language.locale(),
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
            assertEquals(expected, new TreeSet<>((Collection<String>) bundle.keySet()), language.tag());
            // An apostrophe starts a quotation in a message format and would swallow what follows.
            bundle.keySet().forEach(key -> assertFalse(bundle.getString(key).contains("'"), key));
        }
    }
}
