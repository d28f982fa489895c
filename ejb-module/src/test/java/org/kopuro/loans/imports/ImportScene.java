package org.kopuro.loans.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.loans.LoanScene;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

/** A bank that sends files, and a node that works on them. The file names no programme: so the same octets can be sent by banks of other programmes. */
final class ImportScene {

    static final String HEAD = "applicationNumber;inn;appliedAt;requested;approved;decidedOn;contractNumber;contractDate;contractSum;rate;termMonths;contractHeadcount;issues;note\n";

    final LoanScene loans;
    final Node node;

    ImportScene(LoanScene loans) {
        this.loans = loans;
        node = new Node(loans.application);
    }

    ImportScene(String duplicatePolicy) {
        this(new LoanScene(duplicatePolicy));
    }

    /** A node with transactions of its own; chunks are small. */
    static final class Node {

        final Committing steps;
        final Imports imports;
        final ImportRuns runs;

        Node(TestApplication application) {
            steps = new Committing(application);
            imports = new Imports(steps);
            runs = new ImportRuns(steps);
        }
    }

    /** Borrowers whom the register knows. */
    static List<String> borrowers(Contour contour, int number) {
        List<String> inns = new ArrayList<>();
        Set<String> known = new HashSet<>();
        while (inns.size() < number) {
            String inn = LoanScene.inn();
            if (known.add(inn)) {
                inns.add(inn);
            }
        }
        LoanScene.known(contour, LoanScene.inn(), "ООО «Первая»");
        Rows.change("""
                insert into registers.company (contour, inn, valid_from, revision, name, head, kpp, ogrn, legal_form, region, registered_on, okved_main)
                select ?, inn, date '2015-01-01', 1, 'ООО «' || inn || '»', 'Иванов Иван Иванович', '770701001', '1027700132195', 'ООО', '77', date '2015-01-01', '56.10'
                  from unnest(string_to_array(?, ',')) inn on conflict do nothing""", contour.name(), String.join(",", inns));
        return inns;
    }

    /** A row of a loan with its contract. */
    static String row(String number, String inn) {
        return number + ";" + inn + ";02.02.2026;1000000,00;900000,00;10.02.2026;K-" + number + ";16.02.2026;900000,00;3,0;12;10;2026-02-20=1000,50;a note\n";
    }

    ImportView send(String csv, ImportMode mode, ImportChoice choice) {
        return send(csv.getBytes(StandardCharsets.UTF_8), mode, choice);
    }

    ImportView send(byte[] octets, ImportMode mode, ImportChoice choice) {
        return send(octets, mode, choice, false);
    }

    ImportView send(byte[] octets, ImportMode mode, ImportChoice choice, boolean again) {
        try {
            return node.imports.receive(sender(), new ByteArrayInputStream(octets), new ImportWish("loans.csv", mode, choice, Optional.of(loans.programme), again));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ImportSender sender() {
        return new ImportSender(loans.bank, loans.contour, loans.operator);
    }

    ImportView get(UUID id) {
        return node.imports.get(id, loans.contour, Optional.of(loans.bank));
    }

    /** Works until it has ended, whatever else waits. */
    ImportView finish(UUID id) {
        for (int turns = 0; turns < 50 && !get(id).state().ended(); turns++) {
            node.runs.turn();
            // Whoever held it and is no more held it for a while.
            loans.application.clock().advance(Duration.ofMinutes(2));
        }
        return get(id);
    }

    ImportView applied(String csv) {
        return finish(send(csv, ImportMode.APPLY, ImportChoice.GOOD_ROWS).id());
    }

    /** "row outcome codes", in the order of the file. */
    List<String> told(UUID id) {
        return node.imports.results(id, loans.contour, loans.bank, 0, 1000, false).stream().map(row -> row.row() + " " + row.outcome() + (row.flagged() ? " FLAGGED" : "")
                + String.join("", row.messages().stream().map(message -> " " + message.code() + (message.field().isEmpty() ? "" : "@" + message.field())).toList())).toList();
    }

    /** What the register holds of the bank afterwards, without what differs from bank to bank. */
    List<String> held() {
        return Rows.of("""
                select concat_ws(' ', l.application_number, l.version, l.status, l.inn, l.applied_at, l.requested, l.approved, l.decided_on, l.contract_number, l.contract_date, l.contract_sum, l.rate, l.term_months,
                       l.contract_headcount, l.issues, l.borrower_name, l.verdict, l.warnings, l.source, l.import_row, array_to_string(l.events, ','),
                       (select count(*) from loans.loan_version v where v.loan_id = l.id), (select count(*) from loans.eligibility_check c where c.loan_id = l.id),
                       (select count(*) from ledger.entry e where e.record_id = l.id))
                  from loans.loan l where l.bank_id = ? order by l.application_number, l.created_at""", loans.bank);
    }

    /** The same of an import's results. */
    static List<String> results(UUID id) {
        return Rows.of("""
                select concat_ws(' ', r.row, r.application_number, r.outcome, r.flagged, (select l.application_number from loans.loan l where l.id = r.loan_id), r.loan_version, r.changes,
                       (select string_agg(concat_ws('@', s ->> 'code', s ->> 'field', s ->> 'severity'), ',') from jsonb_array_elements(r.sayings) s))
                  from loans.import_row r where r.import_id = ? order by r.row""", id);
    }

    static String counts(ImportView view) {
        return view.state() + " " + view.done() + "/" + view.rows() + " created " + view.created() + " updated " + view.updated() + " unchanged " + view.unchanged() + " refused " + view.refused()
                + " flagged " + view.flagged();
    }

    List<List<String>> table(UUID id, Language language) {
        try (ResultTable table = node.imports.table(id, loans.contour, loans.bank, language)) {
            List<List<String>> rows = new ArrayList<>();
            table.each(rows::add);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
