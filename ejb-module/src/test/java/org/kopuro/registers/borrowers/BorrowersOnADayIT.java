package org.kopuro.registers.borrowers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

class BorrowersOnADayIT {

    private static final TestApplication APPLICATION = new TestApplication("TEST,PRODUCTION", Scene.NOON);

    private final String inn = BorrowerRows.freshCompanyInn();

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"2020-12-31, -", "2021-01-01, 56.10.1", "2021-06-30, 56.10.1", "2021-07-01, 47.11", "2026-01-01, 47.11"})
    void findsTheNewestRowUntilTheDay(LocalDate day, String expected) {
        BorrowerRows.aCompany(Contour.TEST, inn, "2021-01-01");
        BorrowerRows.aCompany(Contour.TEST, inn, "2021-07-01", "2015-03-02", null, "47.11", "", null);
        assertEquals(Optional.ofNullable(expected), on(day).map(Borrower::okvedMain));
    }

    @Test
    void findsTheNewestRevisionOfADay() {
        BorrowerRows.aCompany(Contour.TEST, inn, "2021-07-01");
        BorrowerRows.aCompany(Contour.TEST, inn, "2021-07-01", "2016-04-03", "2021-12-01", "90.01", "", "2021-08-09");
        Borrower corrected = on(LocalDate.of(2021, 7, 1)).orElseThrow();
        assertEquals(LocalDate.of(2016, 4, 3), corrected.registeredOn());
        assertEquals(Optional.of(LocalDate.of(2021, 12, 1)), corrected.liquidatedOn());
        assertEquals(Optional.of(LocalDate.of(2021, 8, 9)), corrected.bankruptcyOn());
        assertEquals(List.of(), corrected.okved());
    }

    @Test
    void findsNobodyOfTheOtherContour() {
        BorrowerRows.aCompany(Contour.PRODUCTION, inn, "2021-01-01");
        assertEquals(Optional.empty(), on(LocalDate.of(2021, 7, 1)));
    }

    @ParameterizedTest
    @CsvSource({"2021-04-09, false", "2021-04-10, true", "2021-07-09, true", "2021-07-10, false"})
    void findsAnEnterpriseBetweenItsInclusionAndItsExclusion(LocalDate day, boolean included) {
        BorrowerRows.aCompany(Contour.TEST, inn, "2021-01-01");
        BorrowerRows.anEnterprise(Contour.TEST, inn, "2021-01-01", "SMALL", "2021-04-10", "2021-07-10");
        assertEquals(included, on(day).flatMap(Borrower::sme).isPresent());
    }

    @Test
    void findsTheSizeOfTheDay() {
        BorrowerRows.aCompany(Contour.TEST, inn, "2021-01-01");
        BorrowerRows.anEnterprise(Contour.TEST, inn, "2021-01-01", "MICRO", "2018-08-10", null);
        BorrowerRows.anEnterprise(Contour.TEST, inn, "2021-07-10", "SMALL", "2018-08-10", null);
        assertEquals(Optional.of(new Borrower.Sme(LocalDate.of(2018, 8, 10), Borrower.Size.MICRO)), on(LocalDate.of(2021, 7, 1)).flatMap(Borrower::sme));
        assertEquals(Optional.of(Borrower.Size.SMALL), on(LocalDate.of(2021, 7, 10)).flatMap(Borrower::sme).map(Borrower.Sme::size));
    }

    @Test
    void findsOnTheNewestListsOnly() {
        BorrowerRows.aCompany(Contour.TEST, inn, "2011-01-01");
        String other = BorrowerRows.freshCompanyInn();
        BorrowerRows.onList(Contour.TEST, "906", "2011-01-01", inn);
        BorrowerRows.onList(Contour.TEST, "847", "2011-01-01", inn);
        BorrowerRows.onList(Contour.TEST, "847", "2011-02-01", other);
        assertEquals(List.of("906", "847"), on(LocalDate.of(2011, 1, 31)).orElseThrow().ngoRegisters());
        assertEquals(List.of("906"), on(LocalDate.of(2011, 2, 1)).orElseThrow().ngoRegisters());
        Map<String, List<String>> listed = APPLICATION.with(Borrowers.class, borrowers -> borrowers.listed(List.of(inn, other), LocalDate.of(2011, 2, 1), Contour.TEST));
        assertEquals(Map.of(inn, List.of("906"), other, List.of("847")), listed);
    }

    @Test
    void takesWhoWasListedByMistakeOffTheList() {
        BorrowerRows.onList(Contour.TEST, "906", "2011-01-01", inn);
        Rows.change("insert into registers.ngo (contour, register, as_of, inn, revision, listed) values ('TEST', '906', '2011-01-01', ?, 2, false)", inn);
        assertEquals(Map.of(), APPLICATION.with(Borrowers.class, borrowers -> borrowers.listed(Set.of(inn), LocalDate.of(2011, 1, 1), Contour.TEST)));
    }

    @Test
    void findsTheNewestContractUnder696() {
        BorrowerRows.aCompany(Contour.TEST, inn, "2020-01-01");
        BorrowerRows.aContract(Contour.TEST, inn, "К-1", "2020-06-15");
        BorrowerRows.aContract(Contour.TEST, inn, "К-2", "2020-07-15");
        assertEquals(Optional.empty(), on(LocalDate.of(2020, 6, 14)).orElseThrow().contract696());
        assertEquals(Optional.of("К-1"), on(LocalDate.of(2020, 7, 14)).orElseThrow().contract696());
        assertEquals(Optional.of("К-2"), on(LocalDate.of(2021, 7, 1)).orElseThrow().contract696());
        Rows.change("insert into registers.contract_696 (contour, inn, number, revision, concluded_on, annulled_on) values ('TEST', ?, 'К-2', 2, '2020-07-15', '2020-07-15')", inn);
        assertEquals(Optional.of("К-1"), on(LocalDate.of(2021, 7, 1)).orElseThrow().contract696());
    }

    @Test
    void answersThousandsAtOnceByTheIndex() {
        Rows.change("""
                insert into registers.company (contour, inn, valid_from, revision, name, ogrn, legal_form, region, registered_on, okved_main)
                select 'TEST', to_char(9000000000 + n, 'FM0000000000'), '2010-01-01', 1, 'n' || n, '1027700132195', 'ООО', '77', '2010-01-01', '01.11' from generate_series(1, 20000) n
                on conflict do nothing""");
        Rows.change("analyze registers.company");
        List<Asked> asked = new ArrayList<>();
        for (int n = 1; n <= 5_000; n++) {
            asked.add(new Asked(String.valueOf(9_000_000_000L + n), LocalDate.of(2010, 7, 1)));
            asked.add(new Asked(String.valueOf(9_000_000_000L + n), LocalDate.of(2009, 7, 1)));
        }
        Map<Asked, Borrower> seen = APPLICATION.with(Borrowers.class, borrowers -> borrowers.seen(asked, Contour.TEST));
        assertEquals(5_000, seen.size());
        assertEquals("n17", seen.get(new Asked("9000000017", LocalDate.of(2010, 7, 1))).name());
    }

    @Test
    void tellsHowFarARegisterIsFilled() {
        BorrowerRows.loaded(Contour.PRODUCTION, BorrowerRegister.COMPANY, "1991-01-01");
        Loaded loaded = APPLICATION.with(Borrowers.class, borrowers -> borrowers.loaded(Contour.PRODUCTION)).get(BorrowerRegister.COMPANY);
        assertEquals(LocalDate.of(1991, 1, 1), loaded.firstDay());
        assertTrue(!loaded.lastOn().isBefore(loaded.firstDay()));
    }

    @Test
    void tellsWhichCodesTheClassifierDoesNotHaveOnADay() {
        Rows.change("insert into registers.okved (code, title, valid_from, valid_to) values ('98.77.1', 'a', '2014-02-01', '2020-12-31') on conflict do nothing");
        LocalDate last = LocalDate.of(2020, 12, 31);
        assertEquals(Set.of(new CodeOn("98.77.1", last.plusDays(1)), new CodeOn("98.77.2", last)), APPLICATION.with(Borrowers.class, borrowers ->
                borrowers.unclassified(List.of(new CodeOn("98.77.1", last), new CodeOn("98.77.1", last.plusDays(1)), new CodeOn("98.77.2", last)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"company", "sme", "ngo", "contract_696", "borrower_load"})
    void isNeverOverwritten(String table) {
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from registers." + table));
    }

    private Optional<Borrower> on(LocalDate day) {
        Asked asked = new Asked(inn, day);
        return Optional.ofNullable(APPLICATION.with(Borrowers.class, borrowers -> borrowers.seen(List.of(asked), Contour.TEST)).get(asked));
    }
}
