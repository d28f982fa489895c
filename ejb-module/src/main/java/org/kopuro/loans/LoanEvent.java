package org.kopuro.loans;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What happens to a loan (LOAN-T01 to LOAN-T09). A pair of milestone and event that is not here is refused; no status goes back. */
public enum LoanEvent {
    /** T01 */
    FORM(EnumSet.of(Milestone.NONE)),
    /** T02: an approved loan, with its contract where there is one. */
    ENTER(EnumSet.of(Milestone.NONE)),
    /** Before the contract. */
    EDIT(EnumSet.of(Milestone.FORMED, Milestone.APPROVED, Milestone.REJECTED)),
    /** T03 */
    APPROVE(EnumSet.of(Milestone.FORMED)),
    /** T04 */
    REJECT(EnumSet.of(Milestone.FORMED)),
    /** T05 */
    WITHDRAW(EnumSet.of(Milestone.FORMED, Milestone.APPROVED, Milestone.REJECTED)),
    /** T06 */
    CONTRACT(EnumSet.of(Milestone.APPROVED)),
    /** T07: issues and balances. */
    RECORD(EnumSet.of(Milestone.CONTRACTED)),
    /** T08 */
    CORRECT(EnumSet.of(Milestone.CONTRACTED)),
    /** T09: nothing issued; the regulator confirms. */
    WITHDRAW_ERROR(EnumSet.of(Milestone.CONTRACTED)),
    /** The borrower is checked anew, and before the contract the maximum calculated anew. */
    RECHECK(EnumSet.of(Milestone.FORMED, Milestone.APPROVED, Milestone.CONTRACTED));

    /** Where a loan stands: its status, and within APPROVED whether there is a contract (LOAN-36). */
    public enum Milestone {
        NONE, FORMED, APPROVED, CONTRACTED, REJECTED, WITHDRAWN
    }

    private final Set<Milestone> from;

    LoanEvent(Set<Milestone> from) {
        this.from = from;
    }

    public boolean possible(Milestone at) {
        return from.contains(at);
    }

    /** The status behind it; empty where it stays as it is. */
    Optional<LoanStatus> status() {
        return Optional.ofNullable(switch (this) {
            case FORM -> LoanStatus.FORMED;
            case ENTER, APPROVE -> LoanStatus.APPROVED;
            case REJECT -> LoanStatus.REJECTED;
            case WITHDRAW, WITHDRAW_ERROR -> LoanStatus.WITHDRAWN;
            case EDIT, CONTRACT, RECORD, CORRECT, RECHECK -> null;
        });
    }
}
