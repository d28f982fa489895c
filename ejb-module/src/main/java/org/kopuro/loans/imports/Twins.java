package org.kopuro.loans.imports;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Judgement;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.Saying;
import org.kopuro.loans.programmes.DuplicatePolicy;
import org.kopuro.loans.programmes.Programme;
import org.kopuro.loans.programmes.Rulebook;

/**
 * What a chunk has to know of the rows before it. Their application numbers: a file says something of one once. And, of a dry run, the borrowers whom it would have entered by now: a chunk that is only
 * rehearsed does not see the ones before it; where it were placed, it would find their loans (LOAN-40).
 */
final class Twins {

    private final Set<List<String>> entered = new HashSet<>();
    private final Set<List<String>> entering = new HashSet<>();

    private final Map<List<String>, Integer> numbered = new HashMap<>();
    private final Map<List<String>, Integer> numbering = new HashMap<>();

    /** Of a row that would be entered, and so has all that a new loan must have; stages are keys apart where the programme says so (LOAN-42). */
    private static List<String> key(FileRow row, Rulebook rules) {
        String programme = (String) row.stated().get(LoanField.PROGRAMME);
        boolean apart = rules.programme(programme).filter(Programme::stagesApart).isPresent();
        int part = apart ? rules.choose(programme, Rulebook.day((Instant) row.stated().get(LoanField.APPLIED_AT)), Optional.ofNullable((LocalDate) row.stated().get(LoanField.CONTRACT_DATE))).rules().stage() : 0;
        return List.of(programme, (String) row.stated().get(LoanField.INN), String.valueOf(part));
    }

    /** Of a chunk before: it would have been entered. */
    void enter(FileRow row, Rulebook rules) {
        entered.add(key(row, rules));
    }

    /** Of a chunk before: it was about the loan of its number. */
    void number(FileRow row) {
        row.key().ifPresent(key -> numbered.putIfAbsent(key, row.number()));
    }

    /** A chunk begins, or begins again. */
    void begin() {
        entering.clear();
        numbering.clear();
    }

    /** It is about the loan of its number, unless a row before it was. */
    ReadRow number(ReadRow read) {
        Optional<List<String>> key = read.row().key();
        Optional<Integer> first = key.map(numbered::get).or(() -> key.map(numbering::get));
        key.ifPresent(number -> numbering.putIfAbsent(number, read.row().number()));
        return first.map(row -> new ReadRow(read.row(), Stream.concat(read.refused().stream(), Stream.of(Refusal.of(ImportRefusal.ROW_REPEATED, LoanColumn.APPLICATION_NUMBER.code(), String.valueOf(row)))).toList()))
                .orElse(read);
    }

    /** What the placing would have said: of the rows of one chunk, which know each other. */
    List<Judgement> look(List<FileRow> rows, List<Judgement> judgements, Rulebook rules) {
        List<Judgement> looked = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            FileRow row = rows.get(i);
            Judgement judgement = judgements.get(i);
            if (judgement.outcome() == Judgement.Outcome.CREATED) {
                List<String> key = key(row, rules);
                Optional<Programme> programme = Optional.of(key.get(0)).filter(code -> entered.contains(key)).flatMap(rules::programme);
                judgement = programme.isPresent() ? twin(judgement, programme.get()) : judgement;
                if (!judgement.refused()) {
                    entering.add(key);
                }
            }
            looked.add(judgement);
        }
        return looked;
    }

    /** The chunk is committed. */
    void settle() {
        entered.addAll(entering);
        numbering.forEach(numbered::putIfAbsent);
        begin();
    }

    private static Judgement twin(Judgement judgement, Programme programme) {
        boolean blocked = programme.duplicatePolicy() == DuplicatePolicy.BLOCK;
        List<Saying> sayings = new ArrayList<>(judgement.sayings());
        LoanRefusal code = blocked ? LoanRefusal.DUPLICATE_BLOCKED : LoanRefusal.DUPLICATE_FLAGGED;
        if (sayings.stream().noneMatch(saying -> saying.refusal().code() == code)) {
            sayings.add(new Saying(blocked ? Saying.Severity.REFUSAL : Saying.Severity.WARNING, Refusal.of(code, LoanField.INN.json(), programme.code(), "")));
        }
        return blocked ? new Judgement(Judgement.Outcome.REFUSED, false, Optional.empty(), 0, sayings, List.of())
                : new Judgement(judgement.outcome(), true, judgement.loan(), judgement.version(), sayings, judgement.changes());
    }
}
