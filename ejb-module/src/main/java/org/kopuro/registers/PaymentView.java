package org.kopuro.registers;

import java.time.LocalDate;
import org.kopuro.kernel.Money;

/** One payment of a tax; two equal payments on a day are two of these. */
public record PaymentView(LocalDate paidOn, String taxCode, Money amount) {
}
