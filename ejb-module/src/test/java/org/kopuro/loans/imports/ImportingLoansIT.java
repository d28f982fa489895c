package org.kopuro.loans.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.documents.TableFile;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.LoanEvent;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.LoanScene;
import org.kopuro.loans.LoanView;
import org.kopuro.testing.Rows;

/** A bank's file of loans: LOAN-90 to LOAN-96, LOAN-153. */
class ImportingLoansIT {

    private final ImportScene scene = new ImportScene("FLAG");

    private String file(int rows) {
        StringBuilder csv = new StringBuilder(ImportScene.HEAD);
        List<String> inns = ImportScene.borrowers(scene.loans.contour, rows);
        for (int i = 0; i < rows; i++) {
            csv.append(ImportScene.row("A-" + i, inns.get(i)));
        }
        return csv.toString();
    }

    @Test
    void goodRowsAreImportedAndEachBadOneIsExplained() {
        int rows = 2000;
        List<String> inns = ImportScene.borrowers(scene.loans.contour, rows);
        StringBuilder csv = new StringBuilder(ImportScene.HEAD);
        for (int i = 0; i < rows; i++) {
            String good = ImportScene.row("A-" + i, inns.get(i));
            csv.append(switch (i % 100 == 7 ? i / 100 % 5 : 9) {
                case 0 -> good.replace("16.02.2026", "30.02.2026");
                case 1 -> good.replace(inns.get(i), "123456789");
                case 2 -> good.replace("1000000,00", "0");
                case 3 -> good.replace(";3,0;", ";;");
                case 4 -> good.replace("A-" + i + ";", "A-0;");
                default -> good;
            });
        }
        ImportView view = scene.applied(csv.toString());
        assertEquals("DONE 2000/2000 created 1980 updated 0 unchanged 0 refused 20 flagged 0", ImportScene.counts(view));
        assertEquals(List.of("note"), view.unknownColumns());
        List<String> refused = scene.node.imports.results(view.id(), scene.loans.contour, scene.loans.bank, 0, 1000, true).stream()
                .map(row -> row.row() + " " + row.messages().get(0).code() + "@" + row.messages().get(0).field()).toList();
        assertEquals(20, refused.size());
        assertEquals(List.of("9 CELL_NOT_DATE@contractDate", "109 BORROWER_INN_FORM@inn", "209 AMOUNT_RANGE@requested", "309 CONTRACT_INCOMPLETE@rate", "409 ROW_REPEATED@applicationNumber"), refused.subList(0, 5));
        assertEquals(List.of("1980"), Rows.of("select count(*) from loans.loan where bank_id = ? and import_id = ? and source = 'IMPORT' and issued = 100050", scene.loans.bank, view.id()));
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::json ->> 'type' = 'loans.import_received'", view.id()));
        EntryView ended = scene.loans.application.with(Receipts.class, receipts -> receipts.about(view.id(), scene.loans.contour)).stream().filter(entry -> entry.isOf("loans.import_ended")).findFirst().orElseThrow();
        assertEquals(List.of(true, true), scene.loans.application.with(Receipts.class, receipts -> List.of(receipts.tells(ended, "refused", "20"), receipts.tells(ended, "created", "1980"))));

        List<String> before = scene.held();
        assertEquals(view, scene.send(csv.toString(), ImportMode.APPLY, ImportChoice.GOOD_ROWS), "the same file has the same answer");
        assertEquals(before, scene.held());
    }

    @Test
    void theResultKeepsTheSendersColumnsAndIsAFileThatCanBeMendedAndSentAgain() {
        List<String> inns = ImportScene.borrowers(scene.loans.contour, 2);
        ImportView view = scene.applied(ImportScene.HEAD + ImportScene.row("A-1", inns.get(0)) + "\n" + ImportScene.row("A-2", inns.get(1)).replace("16.02.2026", "never"));
        List<List<String>> table = scene.table(view.id(), Language.EN);
        assertEquals(3, table.size());
        assertEquals(List.of("note", "Import outcome", "Loan id", "Import messages", "Import changes"), table.get(0).subList(13, 18));
        assertEquals("CREATED", table.get(1).get(14));
        assertEquals(Rows.of("select id from loans.loan where bank_id = ?", scene.loans.bank).get(0), table.get(1).get(15));
        assertEquals("never", table.get(2).get(7));
        assertEquals(List.of("REFUSED", "", "Contract date: The cell is no date. State it by a date cell or as text: 2021-11-20 or 20.11.2021. [CELL_NOT_DATE]"), table.get(2).subList(14, 17));
        StringBuilder mended = new StringBuilder();
        scene.table(view.id(), Language.RU).forEach(cells -> mended.append(String.join(";", cells.stream().map(cell -> "\"" + cell.replace("never", "2026-02-16") + "\"").toList())).append('\n'));
        ImportView again = scene.applied(mended.toString());
        assertEquals("DONE 2/2 created 1 updated 0 unchanged 1 refused 0 flagged 0", ImportScene.counts(again));
        assertEquals(List.of("note"), again.unknownColumns());
        assertEquals(18, scene.table(again.id(), Language.KY).get(0).size(), "its own columns are not kept twice");
    }

    @Test
    void aRowWhoseNumberIsThereIsAnUpdateThatTellsWhatItChangesAndObeysLocks() {
        List<String> inns = ImportScene.borrowers(scene.loans.contour, 3);
        scene.applied(ImportScene.HEAD + ImportScene.row("A-1", inns.get(0)) + ImportScene.row("A-2", inns.get(1)));
        ImportView view = scene.applied(ImportScene.HEAD + ImportScene.row("A-1", inns.get(0)).replace("K-A-1;", "K-7;") + ImportScene.row("A-2", inns.get(2)) + ImportScene.row("A-3", inns.get(2)));
        assertEquals(List.of("2 UPDATED", "3 REFUSED FIELD_LOCKED@inn", "4 CREATED"), scene.told(view.id()).stream().map(told -> told.replaceAll(" (HEADCOUNT|NOT_|OUTSIDE)\\S*", "")).toList());
        RowResult first = scene.node.imports.results(view.id(), scene.loans.contour, scene.loans.bank, 0, 1, false).get(0);
        assertEquals("contractNumber", first.changes().get(0).field());
        assertEquals(Optional.of("\"K-7\""), first.changes().get(0).after());
        assertEquals(Optional.of(2), first.version());
    }

    @Test
    void aDryRunShowsWhatWouldBeAndStoresNothingAndCanThenBeDone() {
        List<String> inns = ImportScene.borrowers(scene.loans.contour, 120);
        scene.applied(ImportScene.HEAD + ImportScene.row("A-1", inns.get(0)));
        StringBuilder csv = new StringBuilder(ImportScene.HEAD + ImportScene.row("A-1", inns.get(0)).replace("K-A-1;", "K-7;"));
        for (int i = 2; i <= 119; i++) {
            csv.append(ImportScene.row("A-" + i, inns.get(i - 1)));
        }
        csv.append(ImportScene.row("A-120", "12"));
        List<String> before = scene.held();
        ImportView checked = scene.finish(scene.send(csv.toString(), ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
        assertEquals("DONE 120/120 created 118 updated 1 unchanged 0 refused 1 flagged 0", ImportScene.counts(checked));
        assertEquals(before, scene.held());
        assertEquals("contractNumber", scene.node.imports.results(checked.id(), scene.loans.contour, scene.loans.bank, 0, 1, false).get(0).changes().get(0).field());
        ImportView applied = scene.node.imports.apply(checked.id(), scene.sender());
        assertEquals(applied, scene.node.imports.apply(checked.id(), scene.sender()), "once");
        assertEquals("DONE 120/120 created 118 updated 1 unchanged 0 refused 1 flagged 0", ImportScene.counts(scene.finish(applied.id())));
        assertEquals(outcomes(checked.id()), outcomes(applied.id()), "as was shown");
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.node.imports.apply(applied.id(), scene.sender()));
    }

    private static List<String> outcomes(UUID id) {
        return Rows.of("select concat_ws(' ', row, outcome, flagged, (select string_agg(s ->> 'code', ',') from jsonb_array_elements(sayings) s)) from loans.import_row where import_id = ? order by row", id);
    }

    /** The chunks of a dry run see nothing of each other; what it tells is what the file itself would do. */
    @ParameterizedTest
    @EnumSource(names = {"CHECK", "APPLY"}, value = ImportMode.class)
    void aBorrowerTwiceInAFileIsADuplicateHoweverFarApart(ImportMode mode) {
        for (String policy : List.of("BLOCK", "FLAG")) {
            ImportScene bank = new ImportScene(policy);
            List<String> inns = ImportScene.borrowers(bank.loans.contour, 110);
            StringBuilder csv = new StringBuilder(ImportScene.HEAD);
            for (int i = 1; i <= 110; i++) {
                csv.append(ImportScene.row("A-" + i, inns.get(i == 3 || i == 107 || i == 108 ? 1 : i - 1)));
            }
            ImportView view = bank.finish(bank.send(csv.toString(), mode, ImportChoice.GOOD_ROWS).id());
            List<String> twins = bank.told(view.id()).stream().filter(told -> told.contains("DUPLICATE")).map(told -> told.replaceAll("@inn", "").replaceAll(" (HEADCOUNT|NOT_|OUTSIDE)\\S*", "")).toList();
            assertEquals(policy.equals("BLOCK") ? List.of("4 REFUSED DUPLICATE_BLOCKED", "108 REFUSED DUPLICATE_BLOCKED", "109 REFUSED DUPLICATE_BLOCKED")
                    : List.of("3 CREATED FLAGGED DUPLICATE_FLAGGED", "4 CREATED FLAGGED DUPLICATE_FLAGGED", "108 CREATED FLAGGED DUPLICATE_FLAGGED", "109 CREATED FLAGGED DUPLICATE_FLAGGED"), twins);
        }
    }

    @Test
    void anApplicationNumberTwiceInAFileIsRefusedInTheLaterRowHoweverFarApart() {
        String csv = file(120) + ImportScene.row("A-5", LoanScene.inn());
        assertEquals("122 REFUSED ROW_REPEATED@applicationNumber", scene.told(scene.applied(csv).id()).get(120));
        assertEquals(List.of("1"), Rows.of("select version from loans.loan where bank_id = ? and application_number = 'A-5'", scene.loans.bank));
    }

    private static final String OPEN_HEAD = "applicationNumber;inn;appliedAt;requested\n";

    private String open(String number, String inn, int requested) {
        return number + ";" + inn + ";2026-02-02T10:00:00+03:00;" + requested + "\n";
    }

    /** The loan that has the number A-5, and two before it that were withdrawn: of each the row that an export has. */
    private List<String> withdrawnTwiceAndEnteredAgain(ImportScene bank, String inn, String again) {
        List<String> rows = new ArrayList<>();
        for (int requested : List.of(1000, 2000, 3000)) {
            Map<LoanField, Object> stated = bank.loans.application(requested == 3000 ? again : inn);
            stated.put(LoanField.APPLICATION_NUMBER, "A-5");
            stated.put(LoanField.REQUESTED, requested * 100L);
            LoanView formed = bank.loans.form(stated);
            rows.add(open("A-5", requested == 3000 ? again : inn, requested));
            if (requested < 3000) {
                bank.loans.apply(formed, LoanEvent.WITHDRAW, Map.of());
            }
        }
        return rows;
    }

    /** LOAN-104: whichever of the rows of one number stands first, and however far apart they are. */
    @ParameterizedTest
    @EnumSource(ImportMode.class)
    void whatIsSaidOfWithdrawnLoansIsUnchangedAndNoRepetition(ImportMode mode) {
        String inn = ImportScene.borrowers(scene.loans.contour, 1).get(0);
        List<String> rows = withdrawnTwiceAndEnteredAgain(scene, inn, inn);
        StringBuilder others = new StringBuilder();
        ImportScene.borrowers(scene.loans.contour, 60).forEach(other -> others.append(open("B-" + other, other, 1)));
        scene.applied(OPEN_HEAD + others);
        List<String> before = scene.held();
        for (List<Integer> order : List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 2, 0))) {
            String csv = OPEN_HEAD + rows.get(order.get(0)) + rows.get(order.get(1)) + others + rows.get(order.get(2));
            ImportView view = scene.finish(scene.send(csv, mode, ImportChoice.GOOD_ROWS).id());
            assertEquals("DONE 63/63 created 0 updated 0 unchanged 63 refused 0 flagged 0", ImportScene.counts(view), () -> scene.told(view.id()).toString());
            assertEquals(2, scene.told(view.id()).stream().filter(told -> told.contains("UNCHANGED ROW_OF_WITHDRAWN@applicationNumber")).count());
        }
        assertEquals(before, scene.held());
    }

    @Test
    void theLoanThatIsNotWithdrawnIsChangedByTheOneRowThatSaysSomethingElse() {
        String inn = ImportScene.borrowers(scene.loans.contour, 1).get(0);
        List<String> rows = withdrawnTwiceAndEnteredAgain(scene, inn, inn);
        StringBuilder csv = new StringBuilder(OPEN_HEAD + rows.get(0));
        ImportScene.borrowers(scene.loans.contour, 60).forEach(other -> csv.append(open("B-" + other, other, 1)));
        csv.append(open("A-5", inn, 4000)).append(rows.get(1)).append(open("A-5", inn, 5000));
        ImportView view = scene.send(csv.toString(), ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        scene.node.steps.dyingIn = 2;
        assertThrows(Committing.Gone.class, () -> scene.node.runs.turn());
        List<String> told = scene.told(scene.finish(view.id()).id());
        assertEquals("2 UNCHANGED ROW_OF_WITHDRAWN@applicationNumber", told.get(0));
        assertEquals(List.of("63 UPDATED", "64 UNCHANGED ROW_OF_WITHDRAWN@applicationNumber", "65 REFUSED ROW_REPEATED@applicationNumber"), told.subList(61, 64));
        assertEquals(List.of("400000"), Rows.of("select requested from loans.loan where bank_id = ? and application_number = 'A-5' and status <> 'WITHDRAWN'", scene.loans.bank));
    }

    /** Stages that are keys apart: once in each, in a dry run as where it is done (LOAN-42). */
    @ParameterizedTest
    @EnumSource(ImportMode.class)
    void aBorrowerTwiceInAFileIsADuplicateInOneStageAlone(ImportMode mode) {
        ImportScene bank = new ImportScene("BLOCK");
        Rows.change("update loans.programme set stages_apart = true where code = ?", bank.loans.programme);
        Rows.change("""
                insert into loans.rule_set (programme, stage, version, issued_from, issued_to, source, reason, proposed_at, outcome, decided_at)
                values (?, 0, 2, date '2020-01-01', date '2026-02-17', 'a test', 'x', now(), 'APPROVED', now()), (?, 1, 1, date '2026-02-18', null, 'a test', 'x', now(), 'APPROVED', now())""",
                bank.loans.programme, bank.loans.programme);
        List<String> inns = ImportScene.borrowers(bank.loans.contour, 110);
        StringBuilder csv = new StringBuilder(ImportScene.HEAD);
        for (int i = 1; i <= 110; i++) {
            String row = ImportScene.row("A-" + i, inns.get(i == 107 || i == 108 || i == 109 ? 1 : i - 1));
            csv.append(i == 107 || i == 109 ? row.replace("16.02.2026", "18.02.2026") : row);
        }
        ImportView view = bank.finish(bank.send(csv.toString(), mode, ImportChoice.GOOD_ROWS).id());
        List<String> twins = bank.told(view.id()).stream().filter(told -> told.contains("DUPLICATE")).map(told -> told.replaceAll("@inn", "").replaceAll(" (HEADCOUNT|NOT_|OUTSIDE)\\S*", "")).toList();
        assertEquals(List.of("109 REFUSED DUPLICATE_BLOCKED", "110 REFUSED DUPLICATE_BLOCKED"), twins);
    }

    @Test
    void allOrNothingIsNothingWhereARowIsRefused() {
        String csv = file(120) + ImportScene.row("A-120", "12");
        ImportView view = scene.finish(scene.send(csv, ImportMode.APPLY, ImportChoice.ALL_OR_NOTHING).id());
        assertEquals("REFUSED 121/121 created 0 updated 0 unchanged 0 refused 1 flagged 0", ImportScene.counts(view));
        assertEquals(List.of(), scene.held());
        assertEquals(List.of("NOT_PLACED 120", "REFUSED 1"), Rows.of("select outcome || ' ' || count(*) from loans.import_row where import_id = ? group by outcome order by outcome", view.id()));
        assertEquals(List.of("0"), Rows.of("select count(*) from loans.applicant where programme = ?", scene.loans.programme));
    }

    @Test
    void allOrNothingIsAllWhereNoneIs() {
        ImportView view = scene.finish(scene.send(file(120), ImportMode.APPLY, ImportChoice.ALL_OR_NOTHING).id());
        assertEquals("DONE 120/120 created 120 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(view));
        assertEquals(List.of("APPLYING 0/120", "APPLYING 50/120", "APPLYING 100/120", "APPLYING 120/120"),
                scene.node.steps.watched.stream().map(seen -> seen.state() + " " + seen.done() + "/" + seen.rows()).toList(), "watched while it is placed");
        assertEquals(List.of("0"), Rows.of("select count(*) from loans.import_progress where import_id = ?", view.id()));
        assertEquals(120, scene.held().size());
        assertEquals(List.of("120"), Rows.of("select count(*) from loans.import_row where import_id = ? and loan_id is not null and loan_version = 1", view.id()));
    }

    @Test
    void allOrNothingIsNothingAlsoWhereAnotherWasFasterBetweenCheckingAndPlacing() {
        ImportScene bank = new ImportScene("BLOCK");
        List<String> inns = ImportScene.borrowers(bank.loans.contour, 120);
        StringBuilder csv = new StringBuilder(ImportScene.HEAD);
        for (int i = 0; i < 120; i++) {
            csv.append(ImportScene.row("A-" + i, inns.get(i)));
        }
        ImportView view = bank.send(csv.toString(), ImportMode.APPLY, ImportChoice.ALL_OR_NOTHING);
        while (bank.get(view.id()).state() != ImportState.APPLYING) {
            bank.node.steps.claim().ifPresent(task -> onePass(bank, task));
        }
        LoanScene other = bank.loans.anotherBank();
        other.form(other.application(inns.get(100)));
        ImportView ended = bank.finish(view.id());
        assertEquals("REFUSED 120/120 created 0 updated 0 unchanged 0 refused 1 flagged 0", ImportScene.counts(ended));
        assertEquals(List.of(), bank.held());
        assertEquals("102 REFUSED DUPLICATE_BLOCKED@inn", bank.told(view.id()).get(100).replaceAll(" (HEADCOUNT|NOT_|OUTSIDE)\\S*", ""));
    }

    private static void onePass(ImportScene bank, ImportTask task) {
        try (TableFile file = bank.node.steps.content(task.id())) {
            new ImportRun(bank.node.steps, task, file, bank.node.steps.limits()).go();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsCancelledKeepsWhatIsPlacedAndMayBeSentAgain() {
        String csv = file(120);
        ImportView view = scene.send(csv, ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        scene.node.steps.dyingIn = 2;
        assertThrows(Committing.Gone.class, () -> scene.node.runs.turn());
        assertEquals("CANCELLED 50/120 created 50 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(scene.node.imports.cancel(view.id(), scene.sender())));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.node.imports.cancel(view.id(), scene.sender()));
        assertEquals(50, scene.held().size());
        assertEquals("DONE 120/120 created 70 updated 0 unchanged 50 refused 0 flagged 0", ImportScene.counts(scene.applied(csv)));
    }

    /** Of all or nothing that came to nothing, of a dry run, of rows that were refused: what was in the way may be gone. */
    @ParameterizedTest
    @CsvSource({"APPLY, GOOD_ROWS, DONE 3/3 created 2 updated 0 unchanged 0 refused 1 flagged 0, DONE 3/3 created 1 updated 0 unchanged 2 refused 0 flagged 0",
        "APPLY, ALL_OR_NOTHING, REFUSED 3/3 created 0 updated 0 unchanged 0 refused 1 flagged 0, DONE 3/3 created 3 updated 0 unchanged 0 refused 0 flagged 0",
        "CHECK, GOOD_ROWS, DONE 3/3 created 2 updated 0 unchanged 0 refused 1 flagged 0, DONE 3/3 created 3 updated 0 unchanged 0 refused 0 flagged 0"})
    void whatWasRefusedIsLookedAtAgainWhereThatIsAskedFor(ImportMode mode, ImportChoice choice, String first, String second) {
        ImportScene bank = new ImportScene(new LoanScene(Contour.PRODUCTION, "FLAG"));
        Instant now = bank.loans.application.clock().instant();
        byte[] file = withARowOfTomorrow(bank);
        ImportView refused = bank.finish(bank.send(file, mode, choice).id());
        assertEquals(first, ImportScene.counts(refused), () -> bank.told(refused.id()).toString());
        bank.loans.application.clock().set(now.plus(Duration.ofDays(1)));
        assertEquals(refused, bank.send(file, mode, choice), "whoever does not know whether it came has what is stored");
        ImportView again = bank.send(file, mode, choice, true);
        assertEquals(again, bank.send(file, mode, choice, true), "while it is at work there is no third one");
        assertEquals(second, ImportScene.counts(bank.finish(again.id())));
        assertEquals(bank.get(again.id()), bank.send(file, mode, choice));
        assertEquals(refused, bank.get(refused.id()), "it stays as it was");
    }

    @Test
    void whatALaterDryRunHasShownIsApplied() {
        ImportScene bank = new ImportScene(new LoanScene(Contour.PRODUCTION, "FLAG"));
        byte[] file = withARowOfTomorrow(bank);
        ImportView checked = bank.finish(bank.send(file, ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
        ImportView applied = bank.finish(bank.node.imports.apply(checked.id(), bank.sender()).id());
        assertEquals("DONE 3/3 created 2 updated 0 unchanged 0 refused 1 flagged 0", ImportScene.counts(applied));
        bank.loans.application.clock().set(bank.loans.application.clock().instant().plus(Duration.ofDays(1)));
        assertEquals(applied, bank.node.imports.apply(checked.id(), bank.sender()), "what it has shown is applied already");
        ImportView again = bank.finish(bank.send(file, ImportMode.CHECK, ImportChoice.GOOD_ROWS, true).id());
        assertEquals("DONE 3/3 created 1 updated 0 unchanged 2 refused 0 flagged 0", ImportScene.counts(again));
        ImportView rest = bank.finish(bank.node.imports.apply(again.id(), bank.sender()).id());
        assertEquals("DONE 3/3 created 1 updated 0 unchanged 2 refused 0 flagged 0", ImportScene.counts(rest));
        assertEquals(rest, bank.node.imports.apply(again.id(), bank.sender()));
    }

    private static byte[] withARowOfTomorrow(ImportScene bank) {
        String tomorrow = LocalDate.ofInstant(bank.loans.application.clock().instant(), Installation.MOSCOW).plusDays(1).toString();
        List<String> inns = ImportScene.borrowers(Contour.PRODUCTION, 3);
        return (ImportScene.HEAD + ImportScene.row("A-1", inns.get(0)) + ImportScene.row("A-2", inns.get(1))
                + ImportScene.row("A-3", inns.get(2)).replace("16.02.2026", tomorrow).replace("2026-02-20", tomorrow)).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whereTheBankWantsFourEyesAnotherPairLetsItBeApplied() {
        scene.loans.application.run(Confirmations.class, confirmations -> confirmations.turn(scene.loans.bank, scene.loans.contour, true, "a rule of ours", scene.loans.operator));
        String csv = file(2);
        ImportView checked = scene.finish(scene.send(csv, ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
        assertEquals(ImportState.DONE, checked.state(), "a dry run waits for nobody");
        ImportView view = scene.node.imports.apply(checked.id(), scene.sender());
        assertEquals(ImportState.PROPOSED, view.state());
        scene.node.runs.turn();
        assertEquals(List.of(), scene.held());
        assertRefused(LoanRefusal.OWN_PROPOSAL, () -> scene.node.imports.confirm(view.id(), scene.sender()));
        ImportSender controller = new ImportSender(scene.loans.bank, scene.loans.contour, Actor.of(UUID.randomUUID(), "BANK_CONTROLLER"));
        assertEquals(ImportState.RECEIVED, scene.node.imports.confirm(view.id(), controller).state());
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.node.imports.confirm(view.id(), controller));
        assertEquals("DONE 2/2 created 2 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(scene.finish(view.id())));
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::json ->> 'type' = 'loans.import_confirmed'", view.id()));
        ImportView unwanted = scene.send(file(1), ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        assertEquals(ImportState.CANCELLED, scene.node.imports.cancel(unwanted.id(), controller).state());
    }

    @Test
    void aBankSeesItsOwnImportsOnly() {
        ImportView view = scene.applied(file(1));
        LoanScene other = scene.loans.anotherBank();
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.node.imports.get(view.id(), scene.loans.contour, Optional.of(other.bank)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.node.imports.results(view.id(), scene.loans.contour, other.bank, 0, 10, false));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.node.imports.table(view.id(), scene.loans.contour, other.bank, Language.EN));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.node.imports.cancel(view.id(), new ImportSender(other.bank, scene.loans.contour, other.operator)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.node.imports.get(view.id(), Contour.PRODUCTION, Optional.of(scene.loans.bank)));
        assertEquals(List.of(view), scene.node.imports.list(scene.loans.contour, Optional.of(scene.loans.bank), Optional.empty(), Optional.empty(), 10));
        assertEquals(List.of(), scene.node.imports.list(scene.loans.contour, Optional.of(other.bank), Optional.empty(), Optional.empty(), 10));
        assertTrue(scene.node.imports.list(scene.loans.contour, Optional.empty(), Optional.empty(), Optional.empty(), 1000).contains(view));
    }

    @Test
    void aBankHasSoManyAtATime() {
        String csv = file(1);
        List<UUID> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(scene.send(csv + "\n".repeat(i), ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
        }
        assertRefused(ImportRefusal.IMPORTS_TOO_MANY, () -> scene.send(csv + "\n".repeat(20), ImportMode.CHECK, ImportChoice.GOOD_ROWS));
        waiting.forEach(scene::finish);
        assertFalse(scene.send(csv + "\n".repeat(20), ImportMode.CHECK, ImportChoice.GOOD_ROWS).state().ended());
    }

    @Test
    void aFileIsKeptForAWhileAndItsResultsForGood() {
        String csv = file(2);
        ImportView view = scene.applied(csv);
        ImportView checked = scene.finish(scene.send(csv, ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
        scene.loans.application.clock().advance(Duration.ofDays(31));
        scene.node.runs.tidy();
        assertFalse(scene.get(view.id()).fileKept());
        assertEquals(List.of("0"), Rows.of("select count(*) from loans.import_part p join loans.import i on i.file_id = p.file_id where i.id = ?", view.id()));
        assertRefused(ImportRefusal.IMPORT_FILE_REMOVED, () -> scene.table(view.id(), Language.EN));
        assertEquals(2, scene.told(view.id()).size());
        assertEquals(view.id(), scene.send(csv, ImportMode.APPLY, ImportChoice.GOOD_ROWS).id(), "the stored result");
        ImportView again = scene.finish(scene.send(csv, ImportMode.CHECK, ImportChoice.ALL_OR_NOTHING).id());
        assertEquals("DONE 2/2 created 0 updated 0 unchanged 2 refused 0 flagged 0", ImportScene.counts(again));
        assertTrue(scene.get(view.id()).fileKept(), "it is there again");
        assertEquals(checked.id(), scene.send(csv, ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
    }

    @Test
    void aRowThatTripsOurOwnCodeStopsNoOther() {
        scene.node.steps.poison = Optional.of("A-60");
        ImportView view = scene.applied(file(120));
        assertEquals("DONE 120/120 created 119 updated 0 unchanged 0 refused 1 flagged 0", ImportScene.counts(view));
        assertEquals("62 REFUSED ROW_NOT_STORABLE", scene.told(view.id()).get(60));
    }

    @Test
    void allOrNothingIsNothingWhereTheDatabaseTakesARowNot() {
        scene.node.steps.poisonOfAll = Optional.of("A-60");
        ImportView view = scene.finish(scene.send(file(120), ImportMode.APPLY, ImportChoice.ALL_OR_NOTHING).id());
        assertEquals("REFUSED 120/120 created 0 updated 0 unchanged 0 refused 50 flagged 0", ImportScene.counts(view));
        assertEquals(List.of(), scene.held());
        assertEquals("62 REFUSED ROW_NOT_STORABLE", scene.told(view.id()).get(60));
    }

    /** The sender is told why, in the import and in the ledger; where limits are others again, it may be sent again. */
    @Test
    void aFileThatIsRefusedLaterOnEndsItsImportAndSaysWhy() {
        String csv = file(60);
        for (ImportMode mode : ImportMode.values()) {
            for (ImportChoice choice : ImportChoice.values()) {
                ImportView view = scene.send(csv, mode, choice);
                scene.node.steps.columnsMax = Optional.of(5);
                ImportView ended = scene.finish(view.id());
                scene.node.steps.columnsMax = Optional.empty();
                assertEquals("REFUSED 0/60 created 0 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(ended), mode + " " + choice);
                FileRefusal refusal = ended.refusal().orElseThrow();
                assertEquals("TABLE_COLUMNS_TOO_MANY Optional[file]", refusal.code() + " " + refusal.field());
                Refusal told = Refusal.of(ImportRefusal.TABLE_COLUMNS_TOO_MANY, "file", 5);
                for (Language language : Language.values()) {
                    assertEquals(told.sentence(language) + " " + told.whatToDo(language), refusal.detail().get(language) + " " + refusal.whatToDo().get(language));
                }
                UUID entry = UUID.fromString(Rows.of("select id from ledger.entry where record_id = ? and content::json ->> 'type' = 'loans.import_ended'", view.id()).get(0));
                EntryView ending = scene.loans.application.with(Receipts.class, receipts -> receipts.entry(entry, scene.loans.contour));
                assertEquals(List.of(true, true), scene.loans.application.with(Receipts.class,
                        receipts -> List.of(receipts.tells(ending, "state", "REFUSED"), receipts.tells(ending, "refusal", "TABLE_COLUMNS_TOO_MANY"))));
            }
        }
        assertEquals(List.of(), scene.held());
        assertEquals("DONE 60/60 created 60 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(scene.applied(csv)), "once more");
    }

    @Test
    void whatIsPlacedBeforeItsFileIsRefusedStaysAndIsCounted() {
        ImportView view = scene.send(file(120), ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        scene.node.steps.dyingIn = 2;
        assertThrows(Committing.Gone.class, () -> scene.node.runs.turn());
        scene.node.steps.columnsMax = Optional.of(5);
        ImportView ended = scene.finish(view.id());
        assertEquals("CANCELLED 50/120 created 50 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(ended));
        assertEquals(Optional.of("TABLE_COLUMNS_TOO_MANY"), ended.refusal().map(FileRefusal::code));
        assertEquals(50, scene.held().size());
    }

    @Test
    void aFileThatIsRefusedLeavesNothing() {
        assertRefused(ImportRefusal.TABLE_QUOTES_BROKEN, () -> scene.send((ImportScene.HEAD + "\"A").getBytes(StandardCharsets.UTF_8), ImportMode.APPLY, ImportChoice.GOOD_ROWS));
        assertRefused(ImportRefusal.TABLE_MERGED_CELLS, () -> scene.send(new AWorkbook().row("applicationNumber", "inn", "appliedAt", "requested").row("1", "2", "3", "4").merged("A1:A2").octets(),
                ImportMode.APPLY, ImportChoice.GOOD_ROWS));
        assertEquals(List.of("0"), Rows.of("select count(*) from loans.import_file where bank_id = ?", scene.loans.bank));
    }

    @Test
    void aWorkbookIsImportedAsATextIs() {
        String inn = ImportScene.borrowers(scene.loans.contour, 1).get(0);
        byte[] book = new AWorkbook().row("Номер заявки", "ИНН заёмщика", "Дата заявки", "Запрошенная сумма", "Одобренная сумма", "Дата решения")
                .row("A-1", inn, AWorkbook.number("46055", AWorkbook.DATE), AWorkbook.number("1000000.5"), AWorkbook.number("900000"), "10.02.2026").octets();
        ImportView view = scene.finish(scene.send(book, ImportMode.APPLY, ImportChoice.GOOD_ROWS).id());
        assertEquals("XLSX", view.format());
        assertEquals("DONE 1/1 created 1 updated 0 unchanged 0 refused 0 flagged 0", ImportScene.counts(view));
        assertEquals(List.of("APPROVED 100000050 2026-02-02"), Rows.of("select concat_ws(' ', status, requested, (applied_at at time zone 'Europe/Moscow')::date) from loans.loan where bank_id = ?", scene.loans.bank));
    }

    static void assertRefused(RefusalCode code, Executable call) {
        assertEquals(code, assertThrows(Refusal.class, call).code());
    }
}
