package org.kopuro.loans.imports;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * Why a file that was taken was refused while it was worked on, as it is kept and told.
 *
 * @param field    empty where the file as such is meant
 * @param detail   what is wrong
 * @param whatToDo about it
 */
public record FileRefusal(String code, Optional<String> field, Map<Language, String> detail, Map<Language, String> whatToDo) {

    public FileRefusal {
        detail = Map.copyOf(detail);
        whatToDo = Map.copyOf(whatToDo);
    }

    static FileRefusal of(Refusal refusal) {
        return new FileRefusal(refusal.code().name(), Optional.ofNullable(refusal.field()), Stream.of(Language.values()).collect(Collectors.toMap(language -> language, refusal::sentence)),
                Stream.of(Language.values()).collect(Collectors.toMap(language -> language, refusal::whatToDo)));
    }
}
