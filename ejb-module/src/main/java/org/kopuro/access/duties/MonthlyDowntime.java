package org.kopuro.access.duties;

import java.time.Duration;
import java.time.YearMonth;

/** For how long a participant's product was out by its own reports (ACC-O13); times that overlap count once. */
public record MonthlyDowntime(YearMonth month, Duration downtime) {
}
