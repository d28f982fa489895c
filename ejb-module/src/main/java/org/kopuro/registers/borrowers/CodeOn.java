package org.kopuro.registers.borrowers;

import java.time.LocalDate;

/** A code of OK 029-2014 as of a day. */
public record CodeOn(String code, LocalDate on) {
}
