package org.kopuro.registers;

import java.time.LocalDate;
import org.kopuro.kernel.Inn;

/**
 * The registration of a taxpayer.
 *
 * @param districtCode three digits of the classifier of districts
 * @param postcode     six digits, or {@code null} when the register has none
 * @param address      or {@code null} when the register has none
 * @param activityCode the main economic activity, or {@code null} when the register has none
 * @param endedOn      the day on which the taxpayer was struck off, or {@code null} while the registration lasts
 */
public record TaxpayerView(
        Inn inn,
        TaxpayerKind kind,
        String fullName,
        String districtCode,
        String postcode,
        String address,
        String activityCode,
        LocalDate registeredOn,
        LocalDate endedOn) {
}
