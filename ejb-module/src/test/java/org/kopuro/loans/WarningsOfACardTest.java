package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.registers.borrowers.IdentifierProblem;

/** A warning that was kept with a card is told again as it was told when the card was entered (LOAN-66, LOAN-131). */
class WarningsOfACardTest {

    /** Always refusals, and so never kept with a card. */
    private static final Set<LoanRefusal> NEVER_KEPT = EnumSet.of(LoanRefusal.BANK_NOT_CONNECTED, LoanRefusal.SYSTEM_WITHOUT_RIGHT, LoanRefusal.ENTRY_POINT, LoanRefusal.DUPLICATE_BLOCKED, LoanRefusal.DUPLICATE_FLAGGED,
            LoanRefusal.VERSION_CONFLICT, LoanRefusal.LOAN_RATE_LIMITED, LoanRefusal.LOAN_FILES_AT_ONCE);

    private final Loan loan = aContract();

    @Test
    void aSumAboveTheMaximumIsToldWithTheExcess() {
        Saying told = loan.told(new Loan.Warning("OVER_MAXIMUM", "contractSum"));
        assertEquals("WARNING OVER_MAXIMUM contractSum The contract’s sum is above the calculated maximum by 0.01.",
                told.severity() + " " + told.code() + " " + told.field() + " " + told.refusal().sentence(Language.EN));
        assertEquals("Сумма", told.refusal().sentence(Language.RU).substring(0, 5));
    }

    @Test
    void anotherHeadcountIsToldWithTheCalculatedOne() {
        assertEquals("The headcount in the contract differs from the calculated one: 1234.", loan.told(new Loan.Warning("HEADCOUNT_DIFFERS", "contractHeadcount")).refusal().sentence(Language.EN));
    }

    @Test
    void whateverMayBeKeptIsToldInWholeSentences() {
        for (RefusalCode code : Stream.of(LoanRefusal.values(), IdentifierProblem.values()).<RefusalCode>flatMap(Stream::of).filter(code -> !NEVER_KEPT.contains(code)).toList()) {
            for (Language language : Language.values()) {
                Saying told = loan.told(new Loan.Warning(code.name(), "inn"));
                assertFalse((told.refusal().sentence(language) + told.refusal().whatToDo(language)).contains("{"), () -> code + " has numbers that a card is not asked for");
            }
        }
    }

    @Test
    void whatHasNoTextIsNotKept() {
        assertThrows(IllegalArgumentException.class, () -> new Loan.Warning("NO_SUCH_CODE", "inn"));
    }

    private static Loan aContract() {
        Instant at = Instant.parse("2021-11-22T09:00:00Z");
        Map<LoanField, Object> stated = new EnumMap<>(LoanScene.contract());
        stated.put(LoanField.CONTRACT_SUM, 153_504_01L);
        Loan.Judged judged = new Loan.Judged(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), CheckResult.Verdict.MEETS, UUID.randomUUID(), 1, Optional.of(UUID.randomUUID()),
                Optional.of(1234), Optional.of(153_504_00L));
        Loan.Change last = new Loan.Change(List.of(LoanEvent.CONTRACT), at, Actor.SYSTEM, Placer.Source.API, Optional.empty(), Optional.empty(), Optional.empty());
        return new Loan(UUID.randomUUID(), Contour.TEST, UUID.randomUUID(), 3, LoanStatus.APPROVED, at, stated, 2, false, judged, List.of(), Optional.empty(), at, last);
    }
}
