package org.kopuro.loans.headcount;

/**
 * The jobs that have to be kept (LOAN-78), in whole numbers.
 *
 * @param fixed    headcount in the contract
 * @param smallest that still keeps them
 */
public record KeptJobs(int fixed, int smallest) {

    /** @param percent of the fixed headcount, rounded up to a whole worker */
    static KeptJobs of(int fixed, int percent) {
        return new KeptJobs(fixed, (int) (((long) fixed * percent + 99) / 100));
    }

    /** Workers that may go before the threshold is missed, from the fixed headcount on. */
    public int mayLose() {
        return fixed - smallest;
    }

    /** The same from a monitored headcount on; 0 where it is missed already. */
    public int mayStillLose(int monitored) {
        return Math.max(0, monitored - smallest);
    }
}
