package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.registers.payroll.Employers;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

class ComputingSheetsIT {

    private static final Instant NOW = Instant.parse("2021-11-20T09:00:00Z");
    private static final YearMonth SEPTEMBER = YearMonth.of(2021, 9);
    private static final Instant OLD_METHOD = Instant.parse("2021-11-18T20:59:59Z");
    private static final Instant NEW_METHOD = Instant.parse("2021-11-18T21:00:00Z");

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", NOW);
    private final String inn = PayrollRows.freshInn();

    /** The counting example of requirements §9. */
    @Test
    void theSameRecordsComeToOneNumberByEachMetric() throws Unproven {
        UUID report = PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).worker(SEPTEMBER, "A", "S1", "I1", true, false).worker(SEPTEMBER, "A NEW", "S1", "I1", true, false)
                .worker(SEPTEMBER, "B", "S2", "", true, false).worker(SEPTEMBER, "C", "S3", "I3", false, true).worker(SEPTEMBER, "D", "S4", "I4", true, true).stored();

        Sheet snils = sheet(Rules.stageTwo(), NEW_METHOD);
        assertEquals(Optional.of(3), snils.counted());
        assertEquals(Optional.of(46_051_200L), snils.maximum());
        assertEquals(Optional.of(report), snils.report());
        assertEquals("{\"NO_CATEGORY\":1,\"NO_SNILS\":0,\"REPEATED\":1}", json(snils).get("excluded").toString());
        assertEquals(5, json(snils).getInt("read"));
        assertEquals("460512.00", json(snils).getString("result"));

        Sheet triple = sheet(Rules.stageTwo(), OLD_METHOD);
        assertEquals(Optional.of(5), triple.counted());
        assertEquals(Optional.of(76_752_000L), triple.maximum());
        assertEquals("{\"REPEATED\":0}", json(triple).get("excluded").toString());
        assertEquals(false, json(triple).getBoolean("monthAsserted"));
        for (Sheet sheet : List.of(snils, triple)) {
            assertEquals(List.of(), SheetFile.check(sheet.json()).differences());
            assertEquals(sheet.sha256(), SheetFile.check(sheet.json()).sha256());
        }
    }

    /** LOAN-68: who has no SNILS is listed, whether or not there is a category. */
    @Test
    void aRecordWithoutSnilsIsListedAsExcluded() {
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).worker(SEPTEMBER, "A", "", "I1", true, false).worker(SEPTEMBER, "B", "", "", false, true).worker(SEPTEMBER, "C", "S3", "", true, false).stored();
        Sheet sheet = sheet(Rules.stageTwo(), NEW_METHOD);
        assertEquals(Optional.of(1), sheet.counted());
        assertEquals("{\"NO_CATEGORY\":0,\"NO_SNILS\":2,\"REPEATED\":0}", json(sheet).get("excluded").toString());
        assertEquals(Optional.of(3), sheet(Rules.stageTwo(), OLD_METHOD).counted());
    }

    /** The sheet example of requirements §10. */
    @Test
    void theExampleOfTheRequirementsIsReproduced() {
        PayrollRows rows = PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 100);
        for (int i = 0; i < 12; i++) {
            rows.worker(SEPTEMBER, "GPC" + i, "G" + i, "", false, true);
        }
        for (int i = 0; i < 8; i++) {
            rows.worker(SEPTEMBER, "OTHER" + i, "S" + i, "", true, false);
        }
        rows.stored();
        JsonObject sheet = json(sheet(Rules.stageTwo(), NEW_METHOD));
        assertEquals(120, sheet.getInt("read"));
        assertEquals("{\"NO_CATEGORY\":12,\"NO_SNILS\":0,\"REPEATED\":8}", sheet.get("excluded").toString());
        assertEquals(100, sheet.getInt("counted"));
        assertEquals(List.of("12792.00", "15350400.00", "300000000.00", "15350400.00"),
                List.of(sheet.getString("wage"), sheet.getString("uncapped"), sheet.getString("cap"), sheet.getString("result")));
        assertEquals("RSV 2021 3 0", sheet.getJsonObject("source").getString("kind") + " " + sheet.getJsonObject("source").getInt("year") + " " + sheet.getJsonObject("source").getInt("quarter") + " "
                + sheet.getJsonObject("source").getInt("correction"));
    }

    @Test
    void theSameInputsGiveTheSameBytes() {
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 3).stored();
        SheetWish wish = wish(Rules.stageTwo(), NEW_METHOD);
        assertEquals(compute(List.of(wish)).get(0).json(), compute(List.of(wish)).get(0).json());
    }

    @Test
    void nothingIsCalculatedWithoutAReportOrAFormula() throws Unproven {
        Sheet sheet = sheet(Rules.stageTwo(), NEW_METHOD);
        assertEquals(Optional.empty(), sheet.counted());
        assertEquals(Optional.empty(), sheet.maximum());
        assertEquals(List.of(), SheetFile.check(sheet.json()).differences());
        assertEquals(List.of(), compute(List.of(wish(Rules.without(), NEW_METHOD))));
        keep(sheet);
        assertEquals(Optional.of(sheet), find(sheet));
    }

    @Test
    void nobodyEmployedGivesAMaximumOfZero() {
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(YearMonth.of(2021, 7), 2).stored();
        Sheet sheet = sheet(Rules.stageTwo(), NEW_METHOD);
        assertEquals(Optional.of(0), sheet.counted());
        assertEquals(Optional.of(0L), sheet.maximum());
    }

    @Test
    void theHighestCorrectionThatWasAcceptedAndLoadedByTheMomentCounts() {
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 10).stored();
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).correction(2).acceptedAt(Instant.parse("2021-11-10T09:00:00Z")).workers(SEPTEMBER, 8).stored();
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).correction(1).acceptedAt(Instant.parse("2021-11-12T09:00:00Z")).workers(SEPTEMBER, 9).stored();
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).correction(3).acceptedAt(Instant.parse("2021-11-15T09:00:00Z")).loadedAt(Instant.parse("2021-11-25T09:00:00Z")).workers(SEPTEMBER, 7).stored();
        assertEquals(Optional.of(8), sheet(Rules.stageTwo(), NEW_METHOD).counted());
        assertEquals(Optional.of(10), compute(List.of(wish(Rules.stageTwo(), NEW_METHOD)), Contour.TEST, Instant.parse("2021-11-09T09:00:00Z")).get(0).counted());
        assertEquals(Optional.of(7), compute(List.of(wish(Rules.stageTwo(), NEW_METHOD)), Contour.TEST, Instant.parse("2021-11-25T09:00:00Z")).get(0).counted());
        assertEquals(Optional.empty(), compute(List.of(wish(Rules.stageTwo(), NEW_METHOD)), Contour.PRODUCTION, NOW).get(0).counted(), "the other contour has no report");
    }

    /** LOAN-152: a corrected report changes what is monitored, and no sheet. */
    @Test
    void aLaterReportNeverChangesAStoredSheet() {
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 10).stored();
        Sheet sheet = sheet(Rules.stageTwo(), NEW_METHOD);
        keep(sheet);
        assertEquals(Set.of(), outdated(sheet));
        UUID corrected = PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).correction(1).acceptedAt(NOW).workers(SEPTEMBER, 4).stored();
        assertEquals(Set.of(sheet.id()), outdated(sheet));
        assertEquals(Optional.of(sheet), find(sheet));
        assertEquals(sheet.sha256(), Rows.of("select encode(sha256, 'hex') from loans.sheet where id = ?", sheet.id()).get(0));
        Outlook outlook = application.with(Monitoring.class, monitoring -> monitoring.outlook(inn, Contour.TEST, Optional.of(10), Optional.of(sheet.id()), Rules.stageTwo(), NOW));
        assertEquals(List.of(new Outlook.Month(YearMonth.of(2021, 7), 0, corrected, 1, NOW), new Outlook.Month(YearMonth.of(2021, 8), 0, corrected, 1, NOW),
                new Outlook.Month(SEPTEMBER, 4, corrected, 1, NOW)), outlook.months());
        assertEquals(Set.of(Outlook.Alert.BELOW_THRESHOLD), outlook.alerts());
        assertEquals(Optional.of(new KeptJobs(10, 9)), outlook.kept());
        assertEquals(Optional.of(0), outlook.mayStillLose());
        assertEquals(LocalDate.of(2021, 11, 25), outlook.nextRefresh());
        assertEquals(RuleSet.Metric.TRIPLE_WITH_GPC, outlook.metric());
        assertEquals(Optional.of(RuleSet.Metric.SNILS_WITH_CATEGORY), outlook.fixedMetric());
        for (String edit : List.of("update loans.sheet set counted = 1", "delete from loans.sheet")) {
            assertThrows(IllegalStateException.class, () -> Rows.change(edit + " where id = '" + sheet.id() + "'"));
        }
    }

    @Test
    void aReportThatWasCountedTakesNoMoreRecords() {
        UUID report = PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 1).stored();
        assertThrows(IllegalStateException.class, () -> Rows.change("insert into registers.payroll_worker select report_id, contour, month, 99, triple, snils, true, false"
                + " from registers.payroll_worker where report_id = ?", report));
    }

    @ParameterizedTest
    @CsvSource({"counted = 2", "maximum = 1", "sha256 = sha256('x')", "json = json || ' '"})
    void theDatabaseTakesNoSheetThatContradictsItself(String forged) {
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 1).stored();
        Sheet sheet = sheet(Rules.stageTwo(), NEW_METHOD);
        keep(sheet);
        String column = forged.substring(0, forged.indexOf(' '));
        String value = forged.substring(forged.indexOf("= ") + 2);
        String columns = "contour, loan_id, at, inn, month, metric, json, sha256, counted, maximum, report_id, insured_id";
        assertThrows(IllegalStateException.class, () -> Rows.change("insert into loans.sheet (id, " + columns + ") select gen_random_uuid(), " + columns.replace(column, value)
                + " from loans.sheet where id = ?", sheet.id()));
    }

    @Test
    void thousandsAreComputedAndKeptTogether() {
        List<SheetWish> wishes = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            wishes.add(new SheetWish(UUID.randomUUID(), inn, i % 2 == 0 ? Rules.stageOne() : Rules.stageTwo(), NEW_METHOD, Optional.empty()));
        }
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 7).stored();
        List<Sheet> sheets = compute(wishes);
        assertEquals(3_000, sheets.size());
        application.run(Sheets.class, all -> all.add(sheets, Contour.TEST));
        assertEquals(1_500, sheets.stream().filter(sheet -> sheet.counted().equals(Optional.of(7))).count());
        for (int i = 0; i < sheets.size(); i++) {
            assertEquals(wishes.get(i).loan(), sheets.get(i).loan());
        }
    }

    @Test
    void insuredPersonsCountForTheProgrammesThatSaySo() throws Unproven {
        Rows.change("insert into registers.pfr_insured (contour, inn, month, number, loaded_at) values ('TEST', ?, '2020-04-01', 20, ?), ('TEST', ?, '2020-04-01', 21, ?)",
                inn, Timestamp.from(NOW.minusSeconds(200)), inn, Timestamp.from(NOW.minusSeconds(100)));
        Sheet sheet = compute(List.of(new SheetWish(UUID.randomUUID(), inn, Rules.of696(), Instant.parse("2020-08-15T09:00:00Z"), Optional.of(LocalDate.of(2020, 9, 1))))).get(0);
        assertEquals(Optional.of(21), sheet.counted());
        assertEquals(Optional.of(21 * Rules.WAGE * 3 * 130 / 100), sheet.maximum(), "three full months to 1 December");
        assertEquals(List.of(), SheetFile.check(sheet.json()).differences());
        keep(sheet);
        assertEquals(Optional.of(sheet), find(sheet));
        assertEquals(Set.of(), outdated(sheet));
        Rows.change("insert into registers.pfr_insured (contour, inn, month, number, loaded_at) values ('TEST', ?, '2020-04-01', 22, ?)", inn, Timestamp.from(NOW.minusSeconds(1)));
        assertEquals(Set.of(sheet.id()), outdated(sheet));
    }

    @Test
    void employsWhoHasAWorkerInTheLatestReport() {
        String nobody = PayrollRows.freshInn();
        String unknown = PayrollRows.freshInn();
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(SEPTEMBER, 1).stored();
        PayrollRows.aReport(Contour.TEST, nobody, YearMonth.of(2021, 6)).workers(YearMonth.of(2021, 6), 1).stored();
        PayrollRows.aReport(Contour.TEST, nobody, SEPTEMBER).stored();
        assertEquals(Set.of(inn), application.with(Employers.class, employers -> employers.employing(List.of(inn, nobody, unknown, inn), Contour.TEST, NOW)));
        assertEquals(Set.of(inn, nobody), application.with(Employers.class, employers -> employers.latest(List.of(inn, nobody, unknown), Contour.TEST, NOW)).keySet());
        assertEquals(Set.of(nobody), application.with(Employers.class, employers -> employers.employing(List.of(inn, nobody), Contour.TEST, Instant.parse("2021-08-01T00:00:00Z"))),
                "the report of June counted then");
        assertEquals(Set.of(), application.with(Employers.class, employers -> employers.employing(List.of(), Contour.TEST, NOW)));
    }

    /** LOAN-65: a headcount of 0 fails C10, and headcounts are of the quarter's last month. */
    @Test
    void whoHadWorkersInTheQuartersFirstMonthsAloneEmploysNobodyAnyMore() {
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).workers(YearMonth.of(2021, 7), 5).workers(YearMonth.of(2021, 8), 3).stored();
        assertEquals(Set.of(), application.with(Employers.class, employers -> employers.employing(List.of(inn), Contour.TEST, NOW)));
        assertEquals(Optional.of(0), sheet(Rules.stageTwo(), NEW_METHOD).counted());
    }

    @Test
    void reportsThatDoNotComeInTimeAreListedWithBothLimits() {
        Instant accepted = Instant.parse("2021-11-16T09:00:00Z");
        Rows.change("insert into registers.payroll_accepted values ('TEST', ?, 2021, 3, 1, ?, ?, ?)", inn, Timestamp.from(accepted), Timestamp.from(accepted), Timestamp.from(accepted));
        assertEquals(List.of(), overdue(Instant.parse("2021-12-15T20:00:00Z")));
        Overdue month = overdue(Instant.parse("2021-12-16T09:00:00Z")).get(0);
        assertEquals(Set.of(Outlook.Alert.MONTH_PASSED), month.alerts());
        assertEquals(LocalDate.of(2021, 12, 25), month.shownBy());
        assertEquals(LocalDate.of(2021, 12, 16), month.monthEnds());
        Instant later = Instant.parse("2021-12-26T09:00:00Z");
        assertEquals(Set.of(Outlook.Alert.MONTH_PASSED, Outlook.Alert.REFRESH_PASSED), overdue(later).get(0).alerts());
        assertEquals(Set.of(Outlook.Alert.MONTH_PASSED, Outlook.Alert.REFRESH_PASSED),
                application.with(Monitoring.class, monitoring -> monitoring.outlook(inn, Contour.TEST, Optional.empty(), Optional.empty(), Rules.stageTwo(), later)).alerts());
        PayrollRows.aReport(Contour.TEST, inn, SEPTEMBER).correction(1).acceptedAt(accepted).loadedAt(later).workers(SEPTEMBER, 1).stored();
        Instant muchLater = Instant.parse("2022-01-10T09:00:00Z");
        assertEquals(Optional.of(later), overdue(muchLater).get(0).report().loadedAt(), "it came late");
        assertTrue(application.with(Monitoring.class, monitoring -> monitoring.outlook(inn, Contour.TEST, Optional.empty(), Optional.empty(), Rules.stageTwo(), muchLater)).alerts().isEmpty());
    }

    private List<Overdue> overdue(Instant at) {
        List<Overdue> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Optional<String> behind = after;
            LateReports page = application.with(Monitoring.class, monitoring -> monitoring.overdue(Contour.TEST, Set.of(RefreshDates.USUAL),
                    inns -> inns.contains(inn) ? Map.of(inn, Set.of(RefreshDates.USUAL)) : Map.of(), behind, at));
            all.addAll(page.reports());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    private Set<UUID> outdated(Sheet sheet) {
        return application.with(Sheets.class, sheets -> sheets.outdated(List.of(sheet.id()), Contour.TEST));
    }

    private Optional<Sheet> find(Sheet sheet) {
        return application.with(Sheets.class, sheets -> sheets.find(sheet.id(), Contour.TEST));
    }

    private void keep(Sheet sheet) {
        application.run(Sheets.class, sheets -> sheets.add(List.of(sheet), Contour.TEST));
    }

    private Sheet sheet(RuleSet rules, Instant appliedAt) {
        return compute(List.of(wish(rules, appliedAt))).get(0);
    }

    private SheetWish wish(RuleSet rules, Instant appliedAt) {
        return new SheetWish(UUID.nameUUIDFromBytes(inn.getBytes(StandardCharsets.US_ASCII)), inn, rules, appliedAt, Optional.empty());
    }

    private List<Sheet> compute(List<SheetWish> wishes) {
        return compute(wishes, Contour.TEST, NOW);
    }

    private List<Sheet> compute(List<SheetWish> wishes, Contour contour, Instant at) {
        return application.with(Sheets.class, sheets -> sheets.compute(wishes, contour, at));
    }

    private static JsonObject json(Sheet sheet) {
        return Json.createReader(new StringReader(sheet.json())).readObject();
    }
}
