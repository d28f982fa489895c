package org.kopuro.registers;

/** In which role a taxpayer is registered. An organisation is known by digit 1 of its INN; the other two are people. */
public enum TaxpayerKind {
    ORGANISATION,
    ENTREPRENEUR,
    PERSON
}
