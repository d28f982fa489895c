package org.kopuro.loans.imports;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Saying;

/**
 * What is said of a row.
 *
 * @param field the column's code; empty text for the row as such
 * @param texts what is wrong and what to do
 */
public record RowMessage(String code, String field, Saying.Severity severity, Map<Language, String> texts) {

    public RowMessage {
        texts = Map.copyOf(texts);
    }

    static RowMessage of(Saying saying) {
        Refusal refusal = saying.refusal();
        return new RowMessage(saying.code(), saying.field(), saying.severity(), Stream.of(Language.values())
                .collect(Collectors.toMap(language -> language, language -> refusal.sentence(language) + " " + refusal.whatToDo(language), (one, other) -> one, () -> new EnumMap<>(Language.class))));
    }

    static RowMessage of(Refusal refusal) {
        return of(new Saying(Saying.Severity.REFUSAL, refusal));
    }

    /** For people: the column's title, and the text. */
    String told(Language language) {
        return Stream.of(LoanColumn.values()).filter(column -> column.code().equals(field)).findFirst().map(column -> column.title(language) + ": ").orElse("") + texts.get(language) + " [" + code + "]";
    }
}
