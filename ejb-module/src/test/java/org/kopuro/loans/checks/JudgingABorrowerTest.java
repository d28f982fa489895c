package org.kopuro.loans.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.loans.checks.CheckResult.Item;
import org.kopuro.loans.checks.CheckResult.Mark;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Alternative;
import org.kopuro.loans.programmes.RuleSet.Condition;
import org.kopuro.registers.borrowers.Borrower;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.Loaded;
import org.kopuro.registers.payroll.Employment;
import org.kopuro.registers.payroll.ReportView;

/** The rules are those that LOAN-52 sketches for stage 2 of decree 279. */
class JudgingABorrowerTest {

    private static final LocalDate SNAPSHOT = LocalDate.of(2021, 7, 1);
    private static final LocalDate TODAY = LocalDate.of(2021, 11, 22);
    private static final List<String> SECTORS = List.of("55", "56.1", "90");

    private static final List<Alternative> STAGE_2 = List.of(
            new Alternative("former borrower in a sector", List.of(passes("C09"), test("C05", RuleSet.Test.OKVED_IN, SECTORS))),
            new Alternative("new enterprise", List.of(passes("C07"), test("C04", RuleSet.Test.DATE_WITHIN, List.of("2020-07-01", "2021-07-01")))),
            new Alternative("non-profit former borrower", List.of(passes("C09"), test("C11", RuleSet.Test.ON_REGISTER, List.of("906", "847")))),
            new Alternative("large former borrower in catering or culture",
                    List.of(passes("C09"), test("C08", RuleSet.Test.IS, List.of("LARGE")), test("C05", RuleSet.Test.OKVED_IN, List.of("56", "90")))));

    @Test
    void meetsAsAFormerBorrowerInASector() {
        assertEquals(Verdict.MEETS, aBorrower().sme(Borrower.Size.SMALL).okved("56.10.11").contract("696-1").verdict());
    }

    @Test
    void doesNotMeetInAnotherSector() {
        assertEquals(Verdict.DOES_NOT_MEET, aBorrower().sme(Borrower.Size.SMALL).okved("47.11").contract("696-1").verdict());
    }

    @Test
    void doesNotMeetWithoutAContractUnder696() {
        assertEquals(Verdict.DOES_NOT_MEET, aBorrower().sme(Borrower.Size.SMALL).okved("56.10.11").verdict());
    }

    @ParameterizedTest
    @CsvSource({"2020-06-30, DOES_NOT_MEET", "2020-07-01, MEETS", "2021-07-01, MEETS", "2021-07-02, DOES_NOT_MEET"})
    void meetsAsAnEnterpriseCreatedWithinTheYearBothDaysIncluded(LocalDate registeredOn, Verdict expected) {
        assertEquals(expected, aBorrower().sme(Borrower.Size.MICRO).okved("01.11").registeredOn(registeredOn).verdict());
    }

    @Test
    void doesNotMeetAsANewCompanyThatIsNoEnterprise() {
        assertEquals(Verdict.DOES_NOT_MEET, aBorrower().okved("01.11").registeredOn(LocalDate.of(2021, 1, 15)).verdict());
    }

    @ParameterizedTest
    @CsvSource({"906", "847"})
    void meetsAsANonProfitFormerBorrowerOnEitherList(String list) {
        assertEquals(Verdict.MEETS, aBorrower().okved("88.10").contract("1").lists(list).verdict());
        assertEquals(Verdict.DOES_NOT_MEET, aBorrower().okved("88.10").lists(list).verdict());
    }

    @Test
    void keepsTheTwoListsApart() {
        Situation on906 = aBorrower().okved("88.10").contract("1").lists("906");
        assertEquals(Verdict.MEETS, on906.verdict(onRegister("906")));
        assertEquals(Verdict.DOES_NOT_MEET, on906.verdict(onRegister("847")));
        assertEquals("906, 847", aBorrower().lists("906", "847").item("C11").value());
    }

    @Test
    void meetsAsALargeFormerBorrowerInCateringByItsMainCode() {
        assertEquals(Verdict.MEETS, aBorrower().okved("56.29").contract("1").verdict());
        assertEquals(Verdict.DOES_NOT_MEET, aBorrower().okved("47.11", "56.29").contract("1").verdict());
        assertEquals("LARGE", aBorrower().item("C08").value());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"MICRO, true", "SMALL, true", "MEDIUM, false", "-, false"})
    void countsAdditionalCodesOfMicroAndSmallOnesOnly(Borrower.Size size, boolean counted) {
        Situation situation = aBorrower().okved("47.11", "56.10.1", "01.1").contract("1");
        assertEquals(counted ? Verdict.MEETS : Verdict.DOES_NOT_MEET, (size == null ? situation : situation.sme(size)).verdict());
    }

    @Test
    void cannotSayWhereAnAdditionalCodeWouldDecideAndTheSizeIsUnknown() {
        assertEquals(Verdict.NOT_ESTABLISHED, aBorrower().without(BorrowerRegister.SME).okved("47.11", "56.10.1").contract("1").verdict());
        assertEquals(Verdict.MEETS, aBorrower().without(BorrowerRegister.SME).okved("56.10.1").contract("1").verdict());
    }

    @Test
    void cannotSayOfAnUnknownBorrowerAlsoWhereNothingIsAskedFor() {
        assertEquals(Verdict.NOT_ESTABLISHED, aBorrower().unknown().verdict());
        assertEquals(Verdict.NOT_ESTABLISHED, aBorrower().unknown().verdict(List.of()));
        assertEquals(Verdict.MEETS, aBorrower().verdict(List.of()));
    }

    @Test
    void cannotSayWhereTheRegisterThatMattersWasNotLoadedForTheDay() {
        Situation former = aBorrower().sme(Borrower.Size.SMALL).okved("56.10");
        assertEquals(Verdict.NOT_ESTABLISHED, former.without(BorrowerRegister.CONTRACT_696).verdict());
        assertEquals(Mark.UNKNOWN, former.item("C09").mark());
        Situation loadedLater = aBorrower().loaded(BorrowerRegister.SME, SNAPSHOT.plusDays(1), TODAY);
        assertEquals(Mark.UNKNOWN, loadedLater.item("C07").mark());
        assertEquals("", loadedLater.item("C08").value());
    }

    @Test
    void saysNoWhereWhatIsUnknownCouldNotHelp() {
        // Not on the list of 847 is not known, but there is no contract either.
        assertEquals(Verdict.DOES_NOT_MEET, aBorrower().okved("88.10").without(BorrowerRegister.NGO_847).verdict());
        assertEquals(Verdict.NOT_ESTABLISHED, aBorrower().okved("88.10").contract("1").without(BorrowerRegister.NGO_847).verdict());
        assertEquals(Verdict.MEETS, aBorrower().okved("88.10").contract("1").lists("906").without(BorrowerRegister.NGO_847).verdict());
    }

    @Test
    void marksALiquidationAndABankruptcyOnTheDayAndSince() {
        assertEquals(Mark.PASS, aBorrower().item("C04").mark());
        Situation gone = aBorrower().nowLiquidatedOn(LocalDate.of(2021, 10, 5));
        assertEquals(Mark.FAIL, gone.item("C04").mark());
        assertEquals("2015-03-02/2021-10-05", gone.item("C04").value());
        assertEquals(Mark.PASS, aBorrower().nowLiquidatedOn(TODAY.plusDays(1)).item("C04").mark());
        assertEquals(Mark.PASS, aBorrower().item("C06").mark());
        assertEquals(Mark.FAIL, aBorrower().nowBankruptSince(LocalDate.of(2021, 9, 1)).item("C06").mark());
        assertEquals("2021-09-01", aBorrower().nowBankruptSince(LocalDate.of(2021, 9, 1)).item("C06").value());
    }

    @Test
    void marksWhoWasRegisteredAfterwardsAsNotThereOnTheDay() {
        Situation later = aBorrower().registeredOn(LocalDate.of(2021, 8, 1)).notAtSnapshot();
        assertEquals(Mark.FAIL, later.item("C04").mark());
        assertEquals(Mark.UNKNOWN, later.item("C05").mark());
        // There since 2015, and the register's rows begin after the snapshot: nobody can say.
        assertEquals(Mark.UNKNOWN, aBorrower().notAtSnapshot().item("C04").mark());
    }

    @Test
    void marksABankruptcyOfWhoWasRegisteredAfterwardsToo() {
        Situation later = aBorrower().registeredOn(LocalDate.of(2021, 8, 1)).notAtSnapshot();
        assertEquals(Mark.PASS, later.item("C06").mark(), "not there on the day, and so not bankrupt on it");
        assertEquals(Mark.FAIL, later.nowBankruptSince(LocalDate.of(2021, 9, 1)).item("C06").mark());
        assertEquals("2021-09-01", later.item("C06").value());
        // Of a company that is older than the register's rows nobody can say that it was not bankrupt on the day; that it is now, everybody.
        assertEquals(Mark.UNKNOWN, aBorrower().notAtSnapshot().item("C06").mark());
        assertEquals(Mark.FAIL, aBorrower().notAtSnapshot().nowBankruptSince(LocalDate.of(2021, 9, 1)).item("C06").mark());
    }

    @Test
    void warnsOfIdentifiersThatDoNotAgreeAndCodesThatTheClassifierDoesNotHave() {
        assertEquals(Mark.PASS, aBorrower().item("C02").mark());
        assertEquals("7707083893; 770701001; 1027700132195", aBorrower().item("C02").value());
        assertEquals(Mark.WARN, aBorrower().ogrn("1027700132194").item("C02").mark());
        Situation odd = aBorrower().sme(Borrower.Size.SMALL).okved("56.10", "99.99").unclassified("99.99").contract("1");
        assertEquals(Mark.WARN, odd.item("C05").mark());
        assertEquals("56.10; 99.99", odd.item("C05").value());
        assertEquals(Verdict.MEETS, odd.verdict());
    }

    @Test
    void asksForAnEmployee() {
        List<Alternative> employer = List.of(new Alternative("employer", List.of(passes("C10"))));
        assertEquals(Verdict.NOT_ESTABLISHED, aBorrower().verdict(employer));
        assertEquals(Verdict.DOES_NOT_MEET, aBorrower().employing(false).verdict(employer));
        assertEquals(Verdict.MEETS, aBorrower().employing(true).verdict(employer));
        assertEquals(new Item("C10", Mark.PASS, "2021 Q3/1", "TAXPAYER_FILING", LocalDate.of(2021, 10, 20), Optional.of(LocalDate.of(2021, 10, 21))), aBorrower().employing(true).item("C10"));
    }

    @Test
    void tellsOfEachItemItsSourceItsDayAndWhenItWasLoaded() {
        List<Item> items = aBorrower().sme(Borrower.Size.SMALL).contract("К-17").judging().items();
        assertEquals(List.of("C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11"), items.stream().map(Item::code).toList());
        assertEquals(new Item("C09", Mark.PASS, "К-17", "BANK_ENTRY", TODAY, Optional.of(TODAY)), items.get(8));
        assertEquals(new Item("C07", Mark.PASS, "2019-08-10", "INTER_AGENCY", SNAPSHOT, Optional.of(TODAY)), items.get(6));
        assertEquals("ООО «Пример»; Иванов Иван Иванович", items.get(0).value());
        assertTrue(items.stream().allMatch(item -> Arrays.stream(SourceKind.values()).anyMatch(kind -> kind.name().equals(item.source()))));
    }

    private static List<Alternative> onRegister(String list) {
        return List.of(new Alternative(list, List.of(test("C11", RuleSet.Test.ON_REGISTER, List.of(list)))));
    }

    private static Condition passes(String item) {
        return test(item, RuleSet.Test.PASSES, List.of());
    }

    private static Condition test(String item, RuleSet.Test test, List<String> values) {
        return new Condition(item, test, values);
    }

    private static Situation aBorrower() {
        return new Situation();
    }

    /** A company of 2015, on no other register, all registers loaded for the snapshot's day. */
    static final class Situation {
        private String ogrn = "1027700132195";
        private LocalDate registeredOn = LocalDate.of(2015, 3, 2);
        private String main = "01.11";
        private List<String> additional = List.of();
        private Optional<Borrower.Sme> sme = Optional.empty();
        private Optional<String> contract = Optional.empty();
        private List<String> lists = List.of();
        private Optional<LocalDate> nowLiquidated = Optional.empty();
        private Optional<LocalDate> nowBankrupt = Optional.empty();
        private Set<String> unclassified = Set.of();
        private final Map<BorrowerRegister, Loaded> loaded = new EnumMap<>(BorrowerRegister.class);
        private boolean known = true;
        private boolean knownAtSnapshot = true;
        private Optional<Employment> employment = Optional.empty();

        Situation() {
            for (BorrowerRegister register : BorrowerRegister.values()) {
                loaded.put(register, new Loaded(SNAPSHOT, TODAY));
            }
        }

        Situation sme(Borrower.Size size) {
            sme = Optional.of(new Borrower.Sme(LocalDate.of(2019, 8, 10), size));
            return this;
        }

        Situation okved(String code, String... others) {
            main = code;
            additional = List.of(others);
            return this;
        }

        Situation contract(String number) {
            contract = Optional.of(number);
            return this;
        }

        Situation lists(String... numbers) {
            lists = List.of(numbers);
            return this;
        }

        Situation registeredOn(LocalDate day) {
            registeredOn = day;
            return this;
        }

        Situation nowLiquidatedOn(LocalDate day) {
            nowLiquidated = Optional.of(day);
            return this;
        }

        Situation nowBankruptSince(LocalDate day) {
            nowBankrupt = Optional.of(day);
            return this;
        }

        Situation ogrn(String number) {
            ogrn = number;
            return this;
        }

        Situation unclassified(String... codes) {
            unclassified = Set.of(codes);
            return this;
        }

        Situation without(BorrowerRegister register) {
            loaded.remove(register);
            return this;
        }

        Situation loaded(BorrowerRegister register, LocalDate firstDay, LocalDate lastOn) {
            loaded.put(register, new Loaded(firstDay, lastOn));
            return this;
        }

        Situation unknown() {
            known = false;
            return this;
        }

        Situation notAtSnapshot() {
            knownAtSnapshot = false;
            return this;
        }

        /** By a report accepted at half past midnight in Moscow. */
        Situation employing(boolean anybody) {
            Instant accepted = Instant.parse("2021-10-19T21:30:00Z");
            employment = Optional.of(new Employment(new ReportView(new UUID(0, 1), "7707083893", 2021, 3, 1, accepted, accepted, accepted.plusSeconds(86_400)), anybody));
            return this;
        }

        private Optional<Borrower> borrower(Optional<LocalDate> liquidated, Optional<LocalDate> bankrupt) {
            return known ? Optional.of(new Borrower("7707083893", "ООО «Пример»", Optional.of("Иванов Иван Иванович"), Optional.of("770701001"), ogrn, "ООО", "77", registeredOn, liquidated, main,
                    additional, bankrupt, sme, List.of(), contract)) : Optional.empty();
        }

        Judging judging() {
            return new Judging(new Seen(SNAPSHOT, TODAY, knownAtSnapshot ? borrower(Optional.empty(), Optional.empty()) : Optional.empty(), borrower(nowLiquidated, nowBankrupt), lists, loaded,
                    unclassified, employment));
        }

        Item item(String code) {
            return judging().items().stream().filter(item -> item.code().equals(code)).findFirst().orElseThrow();
        }

        Verdict verdict() {
            return verdict(STAGE_2);
        }

        Verdict verdict(List<Alternative> alternatives) {
            return judging().verdict(alternatives);
        }
    }
}
