package org.kopuro.access.conformance;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a report is not taken. The field names the part: {@code signature}, {@code scenarios.CONF-07}, {@code finishedAt}. */
public enum ConformanceRefusal implements RefusalCode {
    /** Too long, no signed data, or not the JSON of a report. */
    REPORT_UNREADABLE,
    /** Not by the certificate that is trusted, or altered. */
    REPORT_SIGNATURE_WRONG,
    REPORT_VERSION_UNKNOWN,
    REPORT_OF_ANOTHER_SUBSYSTEM,
    SCENARIO_MISSING,
    SCENARIO_NOT_PASSED,
    /** A service that is named was not answered by TEST. */
    SERVICE_NOT_SHOWN,
    REPORT_TOO_OLD,
    REPORT_TIMES_INVALID,
    MESSAGE_ID_REPEATED,
    /** Blocked, or not valid when the run ended. */
    REPORT_CERTIFICATE_NOT_IN_FORCE,
    /** The request's procedure offers no such service. */
    SERVICE_NOT_OFFERED,
    /** The service has got another major version since the run began. */
    SERVICE_VERSION_CHANGED,
    /** No entry of TEST about a call of the subsystem; which others there are is not told. */
    LEDGER_ENTRY_NOT_FOUND,
    /** The entry tells of another service, outcome, message or time. */
    LEDGER_ENTRY_DIFFERS,
    /** An entry was counted by an accepted report before. */
    REPORT_REUSED;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case REPORT_REUSED -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
