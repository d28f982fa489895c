package org.kopuro.registers.borrowers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** The table of the requirements' section 14, and what it leaves to be tried. */
class WritingAnIdentifierTest {

    @ParameterizedTest
    @CsvSource({
        "COMPANY_INN, 7707083893", "COMPANY_INN, 9900000105", "COMPANY_INN, 9900000000",
        "PERSON_INN, 990000123452", "PERSON_INN, 123456789047",
        "OGRN, 1027700132195", "OGRN, 1999900000000",
        "OGRNIP, 399990000001238", "OGRNIP, 399990000000080",
        "SNILS, 112-233-445 95", "SNILS, 11223344595", "SNILS, 100-356-355 00", "SNILS, 100-285-084 00", "SNILS, 087-654-302 00", "SNILS, 001-001-998 17",
        "KPP, 770701001", "KPP, 7707AB001",
        "OKVED, 56", "OKVED, 56.1", "OKVED, 56.10", "OKVED, 56.10.1", "OKVED, 56.10.11",
        "KYRGYZ_INN, 00207199610017"})
    void isSound(Identifier identifier, String text) {
        assertEquals(List.of(), identifier.problemsOf(text));
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, delimiter = '|', value = {
        "COMPANY_INN|7707083894|BORROWER_INN_CHECK_DIGIT", "COMPANY_INN|1234567890|BORROWER_INN_CHECK_DIGIT", "COMPANY_INN|0000000000|BORROWER_INN_ZEROS",
        "PERSON_INN|990000123453|BORROWER_INN_CHECK_DIGIT", "PERSON_INN|123456789012|BORROWER_INN_CHECK_DIGIT", "PERSON_INN|000000000000|BORROWER_INN_ZEROS",
        "OGRN|1027700132194|OGRN_CHECK_DIGIT", "OGRN|0000000000000|OGRN_ZEROS", "OGRN|2999900000000|OGRN_FIRST_DIGIT,OGRN_CHECK_DIGIT",
        "OGRNIP|312500000000003|OGRN_CHECK_DIGIT", "OGRNIP|304500116000158|OGRN_CHECK_DIGIT",
        "SNILS|112-233-445 96|SNILS_CHECK_NUMBER", "SNILS|100-356-355 10|SNILS_CHECK_NUMBER", "SNILS|001-001-999 64|SNILS_CHECK_NUMBER,SNILS_THREE_EQUAL", "SNILS|000-000-000 00|SNILS_ZEROS",
        "KPP|77070100|KPP_FORM", "KPP|7707ab001|KPP_FORM", "KPP|7707АВ001|KPP_FORM",
        "OKVED|5.6|OKVED_FORM", "OKVED|56.1.1|OKVED_FORM", "OKVED|5610|OKVED_FORM",
        "KYRGYZ_INN|0020719961001|KYRGYZ_INN_FORM", "KYRGYZ_INN|13302199012345|KYRGYZ_INN_DATE", "KYRGYZ_INN|30207199610017|KYRGYZ_INN_FIRST_DIGIT", "KYRGYZ_INN|00000000000000|KYRGYZ_INN_ZEROS"})
    void isNotSound(Identifier identifier, String text, String problems) {
        assertEquals(problems, String.join(",", identifier.problemsOf(text).stream().map(Enum::name).toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "770708389", "77070838931", "7707083893 ", " 7707083893", "770708389３", "٧٧٠٧٠٨٣٨٩٣", "770708389O", "7707-083893", "-707083893", "7707083893\n", "770708\u0000893"})
    void isNoCompanysInnWhatIsNotTenAsciiDigits(String text) {
        assertEquals(List.of(IdentifierProblem.BORROWER_INN_FORM), Identifier.COMPANY_INN.problemsOf(text));
    }

    @Test
    void isNoPersonsInnWhatIsACompanys() {
        assertEquals(List.of(IdentifierProblem.BORROWER_INN_FORM), Identifier.PERSON_INN.problemsOf("7707083893"));
        assertEquals(List.of(IdentifierProblem.BORROWER_INN_FORM), Identifier.COMPANY_INN.problemsOf("123456789047"));
    }

    @Test
    void isNotLookedAtWhenItIsEndless() {
        assertEquals(List.of(IdentifierProblem.SNILS_FORM), Identifier.SNILS.problemsOf("1".repeat(10_000_000)));
    }

    /** LOAN-154. */
    @Test
    void isAWarningInTestAndARefusalInProductionWithTheSameCode() {
        assertEquals(List.of(IdentifierProblem.BORROWER_INN_CHECK_DIGIT), Identifier.COMPANY_INN.problemsOf("7707083894"));
        assertEquals(Optional.empty(), Identifier.COMPANY_INN.refusalOf("7707083894", "inn", Contour.TEST));
        Refusal refused = Identifier.COMPANY_INN.refusalOf("7707083894", "inn", Contour.PRODUCTION).orElseThrow();
        assertEquals(IdentifierProblem.BORROWER_INN_CHECK_DIGIT, refused.code());
        assertEquals("inn", refused.field());
    }

    @Test
    void isRefusedInBothContoursWhenItsFormIsWrongAndInNoneWhenItIsOnlyOdd() {
        assertTrue(IdentifierProblem.BORROWER_INN_FORM.refusedIn(Contour.TEST));
        assertTrue(IdentifierProblem.BORROWER_INN_ZEROS.refusedIn(Contour.TEST));
        assertTrue(Identifier.KYRGYZ_INN.refusalOf("13302199012345", "inn", Contour.PRODUCTION).isEmpty());
        assertTrue(Identifier.SNILS.refusalOf("00100099917", "snils", Contour.PRODUCTION).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"56, 56", "56.1, 56.1", "56.1, 56.10", "56.1, 56.10.1", "56.1, 56.10.11", "56, 56.29", "56.10.1, 56.10.11"})
    void coversTheCodesBelow(String level, String code) {
        assertTrue(Okved.covers(level, code));
    }

    @ParameterizedTest
    @CsvSource({"56.10, 56.1", "56.1, 56.29", "56.10.11, 56.10.1", "56.1, 55.1", "90, 9"})
    void coversNothingElse(String level, String code) {
        assertFalse(Okved.covers(level, code));
    }
}
