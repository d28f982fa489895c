package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.registers.RegistersRefusal;

class RefusalTextsTest {

    static Stream<RefusalCode> codes() {
        return Stream.concat(Stream.of(LoadRefusal.values()), Stream.of(RegistersRefusal.values()));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void saysEachCodeAndWhatToDoInEveryLanguage(RefusalCode code) {
        Refusal refusal = Refusal.of(code, "column", "1", "2");
        for (Language language : Language.values()) {
            for (String text : new String[] {refusal.sentence(language), refusal.whatToDo(language)}) {
                assertFalse(text.isBlank() || text.contains("{"), () -> code + " in " + language + ": " + text);
            }
        }
    }
}
