package org.kopuro.loans.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.DuplicateReview;
import org.kopuro.loans.LoanEvent;
import org.kopuro.loans.LoanScene;
import org.kopuro.loans.LoanView;
import org.kopuro.loans.Loans;
import org.kopuro.loans.Placer;
import org.kopuro.loans.ProposalView;
import org.kopuro.loans.Wish;
import org.kopuro.testing.Rows;

/** The ledger is read by everybody: no entry says which bank it is of, nor what the bank did (LOAN-44, LOAN-155). */
class WhatTheLedgerTellsOfBanksIT {

    private static final String SINCE = " where e.xid >= ?::xid8 and e.content::json ->> 'type' like 'loans.%' and not (e.content::json ->> 'type' = 'loans.loan_changed' and e.content::json ->> 'version' = '1')";
    private static final String ENTRIES = " from ledger.entry e" + SINCE;

    private final String start = Rows.of("select pg_current_xact_id()").get(0);
    private final LoanScene bank = new LoanScene("FLAG");
    private final LoanScene rival = bank.anotherBank();

    @Test
    void neitherABankNorWhatItDoes() {
        work();
        assertTrue(Rows.of("select distinct e.content::json ->> 'type'" + ENTRIES, start).containsAll(Set.of("loans.import_received", "loans.import_ended", "loans.import_confirmed", "loans.duplicates_asked",
                "loans.duplicate_reviewed", "loans.four_eyes_turned", "loans.change_proposed", "loans.proposal_decided", "loans.error_reported", "loans.card_read")));
        for (UUID one : List.of(bank.bank, rival.bank)) {
            assertEquals(List.of(), Rows.of("select e.content" + ENTRIES + " and strpos(e.content, ?) > 0", start, one.toString()));
        }
        assertEquals(List.of(), Rows.of("select distinct (e.content::json ->> 'type') || ' ' || d.key || ' ' || d.value from ledger.entry e, json_each_text(e.content::json -> 'data') d"
                + SINCE + """

                 and d.key in ('bank', 'loan', 'other', 'status', 'events', 'event', 'verdict', 'found', 'wanted', 'state', 'mode', 'choice', 'fileSha256', 'rows', 'done', 'created', 'updated', 'unchanged',
                     'refused', 'flagged', 'loans', 'twins', 'outcome', 'sha256', 'sheetSha256')
                 and d.value not like 'hmac-sha256:%' and e.content::json ->> 'type' <> 'loans.rule_set_decided'""", start));
    }

    /** Whoever knows one loan of a reviewed pair, as its bank does, finds the other one in no entry beside it. */
    @Test
    void norWhichLoansAreAPair() {
        String inn = bank.aBorrower();
        LoanView one = bank.form(bank.application(inn));
        LoanView other = rival.form(rival.application(inn));
        String reviewed = Rows.of("select pg_current_xact_id()").get(0);
        bank.application.run(Loans.class, loans -> loans.duplicates(one.loan().id(), bank.watching()));
        bank.application.run(Loans.class, loans -> loans.review(one.loan().id(), other.loan().id(), DuplicateReview.Outcome.CONFIRMED, "The same.", bank.watching()));
        assertEquals(List.of(), Rows.of("select e.content" + ENTRIES + " and strpos(e.content, ?) > 0", reviewed, other.loan().id().toString()));
    }

    /** A hundred thousand questions at once are questions, too (LOAN-46). */
    @Test
    void aFileThatIsCheckedOnlyIsToldAsTheQuestionsThatItIs() {
        ImportScene files = new ImportScene(bank);
        ImportView checked = files.finish(files.send(ImportScene.HEAD + ImportScene.row("A-1", bank.aBorrower()) + ImportScene.row("A-2", bank.aBorrower()), ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
        List<EntryView> asked = Rows.of("select e.record_id" + ENTRIES + " and e.content::json ->> 'type' = 'loans.duplicates_asked'", start).stream()
                .map(id -> bank.application.with(Receipts.class, receipts -> receipts.entry(UUID.fromString(id), bank.contour)))
                .filter(entry -> bank.application.<Receipts, Boolean>with(Receipts.class, receipts -> receipts.tells(entry, "import", checked.id().toString()))).toList();
        assertEquals(1, asked.size());
        assertEquals(List.of(true, true), bank.application.with(Receipts.class, receipts -> List.of(receipts.tells(asked.get(0), "asked", "2"), receipts.tells(asked.get(0), "bank", bank.bank.toString()))));
    }

    private void work() {
        String inn = bank.aBorrower();
        LoanView one = bank.form(bank.application(inn));
        LoanView other = rival.form(rival.application(inn));
        rival.application.run(Loans.class, loans -> loans.duplicateCheck(bank.programme, inn, rival.placer()));
        bank.application.run(Loans.class, loans -> loans.review(one.loan().id(), other.loan().id(), DuplicateReview.Outcome.CONFIRMED, "The same.", bank.watching()));
        LoanView contracted = bank.contracted(bank.aBorrower());
        bank.application.run(Loans.class, loans -> loans.reportError(contracted.loan().id(), contracted.loan().version(), "By mistake.", bank.placer()));
        ImportScene files = new ImportScene(bank);
        files.applied(ImportScene.HEAD + ImportScene.row("A-1", bank.aBorrower()));
        files.finish(files.send(ImportScene.HEAD + ImportScene.row("A-2", bank.aBorrower()), ImportMode.CHECK, ImportChoice.GOOD_ROWS).id());
        Placer controller = Placer.api(bank.bank, bank.contour, Actor.of(UUID.randomUUID(), "BANK_CONTROLLER"));
        bank.application.run(Confirmations.class, confirmations -> confirmations.turn(bank.bank, bank.contour, true, "Our rules.", bank.operator));
        for (boolean confirmed : List.of(true, false)) {
            LoanView formed = bank.form(bank.application(bank.aBorrower()));
            ProposalView waiting = bank.application.with(Confirmations.class,
                    confirmations -> confirmations.propose(Wish.change(formed.loan().id(), LoanEvent.APPROVE, LoanScene.approval(), 1, Optional.empty()), bank.placer()));
            if (confirmed) {
                bank.application.run(Confirmations.class, confirmations -> confirmations.confirm(waiting.id(), controller));
            } else {
                bank.application.run(Confirmations.class, confirmations -> confirmations.reject(waiting.id(), "No.", controller));
            }
        }
        ImportView waiting = files.send(ImportScene.HEAD + ImportScene.row("A-3", bank.aBorrower()), ImportMode.APPLY, ImportChoice.GOOD_ROWS);
        files.node.imports.confirm(waiting.id(), new ImportSender(bank.bank, bank.contour, controller.actor()));
        files.finish(waiting.id());
        bank.apply(one, LoanEvent.WITHDRAW, Map.of());
    }
}
