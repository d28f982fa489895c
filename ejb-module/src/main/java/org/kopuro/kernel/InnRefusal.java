package org.kopuro.kernel;

/** Which digit rule an INN breaks. */
public enum InnRefusal implements RefusalCode {
    INN_MISSING,
    INN_LENGTH,
    INN_NOT_DIGITS,
    INN_FIRST_DIGIT,
    INN_DAY,
    INN_MONTH,
    INN_YEAR
}
