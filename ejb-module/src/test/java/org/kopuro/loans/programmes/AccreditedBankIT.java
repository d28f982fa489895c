package org.kopuro.loans.programmes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestProcedures;
import org.kopuro.testing.TestProgrammes;

/** A programme's regulator accredits banks, from a day on, until another (LOAN-4). */
class AccreditedBankIT {

    private static final LocalDate DAY = LocalDate.of(2026, 4, 1);

    private final Scene scene = new Scene();
    private final UUID bank = scene.participant.id().value();
    private final String regulator = TestProgrammes.regulator();
    private final String programme = TestProgrammes.programme("FLAG", false, regulator);
    private final Actor official = TestProgrammes.official(regulator, Contour.TEST);

    @Test
    void isAccreditedOnTheDaysOfThePeriodAlone() {
        AccreditationView given = accredit(DAY, DAY.plusDays(9), official);
        assertEquals(Map.of(programme, List.of(given.period())), of(Contour.TEST));
        assertEquals(Map.of(), of(Contour.PRODUCTION), "a contour tells nothing of the other");
        assertEquals(List.of(false, true, true, false), List.of(-1, 0, 9, 10).stream().map(days -> given.period().covers(DAY.plusDays(days))).toList());
    }

    @Test
    void isFoundByNameAmongThoseThatAreConnected() {
        assertFalse(named(Contour.TEST), "under none of the procedures of programmes");
        scene.connect(Contour.TEST, "RU-1221");
        assertTrue(named(Contour.TEST));
        assertFalse(named(Contour.PRODUCTION), "a contour tells nothing of the other");
    }

    private boolean named(Contour contour) {
        return scene.application.with(Accreditations.class, all -> all.banks(contour)).stream().anyMatch(one -> one.id().equals(bank));
    }

    @Test
    void periodsOfOneProgrammeDoNotOverlap() {
        accredit(DAY, DAY.plusDays(9), official);
        assertRefused(ProgrammeRefusal.ACCREDITATION_OVERLAPS, () -> accredit(DAY.plusDays(9), null, official));
        assertRefused(ProgrammeRefusal.ACCREDITATION_OVERLAPS, () -> accredit(DAY.minusDays(9), DAY, official));
        accredit(DAY.plusDays(10), null, official);
        assertRefused(ProgrammeRefusal.ACCREDITATION_OVERLAPS, () -> accredit(DAY.plusYears(9), null, official));
    }

    @Test
    void ofTwoThatAreGivenAtTheSameInstantOneIs() throws Exception {
        CyclicBarrier start = new CyclicBarrier(8);
        Callable<Boolean> one = () -> {
            start.await();
            try {
                accredit(DAY, null, official);
                return true;
            } catch (Refusal refusal) {
                assertEquals(ProgrammeRefusal.ACCREDITATION_OVERLAPS, refusal.code());
                return false;
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            int given = 0;
            for (Future<Boolean> future : threads.invokeAll(Collections.nCopies(8, one))) {
                given += future.get() ? 1 : 0;
            }
            assertEquals(1, given);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anEndIsForGoodAndProlongsNothing() {
        AccreditationView given = accredit(DAY, DAY.plusDays(9), official);
        assertRefused(ProgrammeRefusal.ACCREDITATION_ENDED_ALREADY, () -> end(given, DAY.plusDays(10)));
        assertEquals(Optional.of(DAY.plusDays(3)), end(given, DAY.plusDays(3)).period().to());
        assertRefused(ProgrammeRefusal.ACCREDITATION_ENDED_ALREADY, () -> end(given, DAY.plusDays(2)));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.accreditation set first_day = first_day - 1 where id = ?", given.id()));
        accredit(DAY.plusDays(4), null, official);
    }

    @Test
    void whatEndsBeforeItBeginsNeverHeld() {
        AccreditationView given = accredit(DAY, null, official);
        assertRefused(InputRefusal.FIELD_INVALID, () -> end(given, DAY.minusDays(2)));
        end(given, DAY.minusDays(1));
        assertEquals(Map.of(), of(Contour.TEST));
        accredit(DAY, null, official);
    }

    @Test
    void aRegulatorOfAnotherProgrammeNeitherGivesNorEndsNorReads() {
        AccreditationView given = accredit(DAY, null, official);
        Actor other = TestProgrammes.official(TestProgrammes.regulator(), Contour.TEST);
        assertRefused(ProgrammeRefusal.PROGRAMME_OF_ANOTHER_REGULATOR, () -> accredit(DAY.minusDays(9), DAY.minusDays(1), other));
        assertRefused(ProgrammeRefusal.PROGRAMME_OF_ANOTHER_REGULATOR,
                () -> scene.application.with(Accreditations.class, all -> all.end(given.id(), programme, Contour.TEST, DAY, "x", other)));
        assertRefused(ProgrammeRefusal.PROGRAMME_OF_ANOTHER_REGULATOR, () -> scene.application.with(Accreditations.class, all -> all.list(programme, Contour.TEST, other)));
        assertEquals(List.of(given), scene.application.with(Accreditations.class, all -> all.list(programme, Contour.TEST, Scene.OFFICIAL)));
    }

    @Test
    void onlyWhoTakesPartInTheContourIsAccredited() {
        assertRefused(ProgrammeRefusal.BANK_UNKNOWN, () -> scene.application.with(Accreditations.class,
                all -> all.accredit(UUID.randomUUID(), programme, Contour.TEST, new Period(DAY, Optional.empty()), "x", official)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Accreditations.class,
                all -> all.accredit(bank, "none", Contour.TEST, new Period(DAY, Optional.empty()), "x", Scene.OFFICIAL)));
    }

    @Test
    void anAccountIsOfOneRegulatorUntilItIsRemoved() {
        UUID person = TestProgrammes.account("REGULATOR", Contour.TEST).account().orElseThrow();
        String another = TestProgrammes.regulator();
        add(regulator, person);
        assertEquals(Set.of(programme), programmesOf(person));
        assertRefused(ProgrammeRefusal.ACCOUNT_OF_A_REGULATOR_ALREADY, () -> add(another, person));
        assertRefused(InputRefusal.NOT_FOUND, () -> remove(another, person));
        remove(regulator, person);
        assertEquals(Set.of(), programmesOf(person));
        add(another, person);
        assertFalse(scene.application.with(Regulators.class, all -> all.accounts(another, Contour.TEST)).isEmpty());
        assertTrue(scene.application.with(Regulators.class, all -> all.accounts(another, Contour.PRODUCTION)).isEmpty());
    }

    @Test
    void anAccountWithoutTheRoleOrOfTheOtherContourIsNoRegulators() {
        UUID operator = TestProgrammes.account("OPERATOR", Contour.TEST).account().orElseThrow();
        UUID elsewhere = TestProgrammes.account("REGULATOR", Contour.PRODUCTION).account().orElseThrow();
        assertRefused(ProgrammeRefusal.ACCOUNT_NOT_OF_A_REGULATOR, () -> add(regulator, operator));
        assertRefused(ProgrammeRefusal.ACCOUNT_NOT_OF_A_REGULATOR, () -> add(regulator, elsewhere));
    }

    @Test
    void aProgrammeIsAddedAsData() {
        String code = TestProcedures.decree();
        Map<Language, String> titles = new EnumMap<>(Map.of(Language.RU, "П", Language.KY, "П", Language.EN, "P"));
        NewProgramme wanted = new NewProgramme(code, titles, "TEST", regulator, EntryPoint.EITHER, DuplicatePolicy.FLAG, true, DAY, Optional.empty(), "RU-1221", "a test");
        assertRefused(ProgrammeRefusal.PROGRAMME_REFERS_TO_NOTHING, () -> add(wanted));
        Rows.change("insert into access.decree (code, adopted_on, title_ru, title_ky, title_en, source) values (?, date '2026-01-01', 'x', 'x', 'x', 'a test')", code);
        assertEquals(LocalDate.of(2026, 1, 1), add(wanted).decreedOn());
        assertRefused(ProgrammeRefusal.PROGRAMME_ADDED_ALREADY, () -> add(wanted));
    }

    private Programme add(NewProgramme wanted) {
        return scene.application.with(Programmes.class, all -> all.add(wanted, Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private AccreditationView accredit(LocalDate from, LocalDate to, Actor by) {
        return scene.application.with(Accreditations.class, all -> all.accredit(bank, programme, Contour.TEST, new Period(from, Optional.ofNullable(to)), "A letter.", by));
    }

    private AccreditationView end(AccreditationView ending, LocalDate lastDay) {
        return scene.application.with(Accreditations.class, all -> all.end(ending.id(), programme, Contour.TEST, lastDay, "Another letter.", official));
    }

    private Map<String, List<Period>> of(Contour contour) {
        return scene.application.with(Accreditations.class, all -> all.of(bank, contour));
    }

    private Set<String> programmesOf(UUID account) {
        return scene.application.with(Regulators.class, all -> all.programmesOf(account));
    }

    private void add(String to, UUID account) {
        scene.application.run(Regulators.class, all -> all.add(to, account, Contour.TEST, Scene.OFFICIAL));
    }

    private void remove(String from, UUID account) {
        scene.application.run(Regulators.class, all -> all.remove(from, account, Contour.TEST, Scene.OFFICIAL));
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
