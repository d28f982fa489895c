package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LOAN-78. */
class KeptJobsTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "10, 9, 1", "37, 34, 3", "100, 90, 10", "101, 91, 10", "0, 0, 0", "10000000, 9000000, 1000000"})
    void areNineTenthsRoundedUp(int fixed, int smallest, int mayLose) {
        KeptJobs kept = KeptJobs.of(fixed, 90);
        assertEquals(smallest, kept.smallest());
        assertEquals(mayLose, kept.mayLose());
    }

    @ParameterizedTest
    @CsvSource({"37, 3", "35, 1", "34, 0", "20, 0", "50, 16"})
    void mayStillGoFromTheMonitoredNumberOn(int monitored, int mayStillLose) {
        assertEquals(mayStillLose, KeptJobs.of(37, 90).mayStillLose(monitored));
    }
}
