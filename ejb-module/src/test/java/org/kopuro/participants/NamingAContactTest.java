package org.kopuro.participants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Whoever receives notices is named in full: ACC-4. */
class NamingAContactTest {

    private static final List<String> FIELDS = List.of("fullName", "unit", "post", "email", "phone");

    @Test
    void allFiveFieldsMakeAContact() {
        assertEquals(new NewContact("fullName", "unit", "post", "email", "phone"), contact("", "unused"));
    }

    @ParameterizedTest(name = "{0}: \"{1}\"")
    @MethodSource("omissions")
    void noneOfTheFiveIsLeftOut(String field, String instead) {
        Refusal refusal = assertThrows(Refusal.class, () -> contact(field, instead));
        assertEquals(InputRefusal.FIELD_MISSING, refusal.code());
        assertEquals("contacts." + field, refusal.field());
    }

    static Stream<Arguments> omissions() {
        return FIELDS.stream().flatMap(field -> Stream.of(null, "", "  ").map(instead -> Arguments.of(field, instead)));
    }

    private static NewContact contact(String left, String instead) {
        String[] values = FIELDS.stream().map(field -> field.equals(left) ? instead : field).toArray(String[]::new);
        return new NewContact(values[0], values[1], values[2], values[3], values[4]);
    }
}
