package org.kopuro.registers.bulk;

import org.kopuro.kernel.RefusalCode;

/** What is wrong with an extract, a row of it, or the wish to load at all. */
public enum LoadRefusal implements RefusalCode {
    // The whole file or job.
    FILE_EMPTY,
    HEADER_WRONG,
    EXTRACT_STALE,
    LOAD_RUNNING,
    SYNTHETIC_IN_PRODUCTION,
    // One line.
    LINE_TOO_LONG,
    LINE_NOT_UTF8,
    NUL_BYTE,
    LINE_END_BROKEN,
    QUOTES_BROKEN,
    COLUMN_COUNT,
    // One value.
    VALUE_MISSING,
    VALUE_TOO_LONG,
    CONTROL_CHARACTER,
    DATE_FORMAT,
    MONTH_FORMAT,
    AMOUNT_FORMAT,
    AMOUNT_ZERO,
    NUMBER_FORMAT,
    KIND_UNKNOWN,
    DISTRICT_CODE_FORMAT,
    POSTCODE_FORMAT,
    ACTIVITY_CODE_FORMAT,
    TAX_CODE_FORMAT,
    RUSSIAN_INN_FORMAT,
    SNILS_FORMAT,
    MOMENT_FORMAT,
    OUT_OF_RANGE,
    CONTRACT_UNKNOWN,
    VALUE_NOT_EMPTY,
    REGION_CODE_FORMAT,
    SIZE_UNKNOWN,
    REGISTER_UNKNOWN,
    FLAG_FORMAT,
    TOO_MANY_CODES,
    // Values that contradict each other.
    KIND_AND_INN_DISAGREE,
    ENDED_BEFORE_REGISTERED,
    INCOME_OF_ORGANISATION,
    HEAD_OF_PERSON,
    ACCEPTED_BEFORE_FILED,
    MONTH_OUTSIDE_QUARTER,
    KPP_OF_PROPRIETOR,
    PERIOD_REVERSED,
    // The row against the file and the register.
    DUPLICATE_ROW,
    AS_OF_DIFFERS,
    TAXPAYER_UNKNOWN,
    DISTRICT_UNKNOWN,
    EMPLOYER_UNKNOWN,
    ACCEPTED_IN_FUTURE,
    REPORT_ROWS_DISAGREE,
    REPORT_INCOMPLETE,
    REPORT_DIFFERS
}
