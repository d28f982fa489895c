package org.kopuro.loans.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Judgement;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.Saying;
import org.kopuro.loans.programmes.DuplicatePolicy;
import org.kopuro.loans.programmes.Programme;
import org.kopuro.loans.programmes.Rulebook;

/**
 * Borrowers whom a dry run would have entered by now. A chunk that is only rehearsed does not see the ones before it; where it were placed, it would find their loans (LOAN-40). Programmes whose stages
 * are keys apart are left to the placing.
 */
final class Twins {

    private final Set<List<String>> entered = new HashSet<>();
    private final Set<List<String>> entering = new HashSet<>();

    private static Optional<List<String>> key(FileRow row) {
        return Optional.ofNullable(row.stated().get(LoanField.INN)).flatMap(inn -> Optional.ofNullable(row.stated().get(LoanField.PROGRAMME)).map(programme -> List.of((String) programme, (String) inn)));
    }

    void enter(FileRow row) {
        key(row).ifPresent(entered::add);
    }

    /** What the placing would have said: of the rows of one chunk, which know each other. */
    List<Judgement> look(List<FileRow> rows, List<Judgement> judgements, Rulebook rules) {
        List<Judgement> looked = new ArrayList<>();
        entering.clear();
        for (int i = 0; i < rows.size(); i++) {
            FileRow row = rows.get(i);
            Judgement judgement = judgements.get(i);
            if (judgement.outcome() == Judgement.Outcome.CREATED) {
                Optional<Programme> programme = key(row).filter(entered::contains).flatMap(key -> rules.programme(key.get(0))).filter(found -> !found.stagesApart());
                judgement = programme.isPresent() ? twin(judgement, programme.get()) : judgement;
                if (!judgement.refused()) {
                    key(row).ifPresent(entering::add);
                }
            }
            looked.add(judgement);
        }
        return looked;
    }

    /** The chunk is committed. */
    void settle() {
        entered.addAll(entering);
        entering.clear();
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
