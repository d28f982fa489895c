package org.kopuro.representation;

import java.util.Optional;
import org.kopuro.kernel.Inn;

/**
 * One of those through whom a taxpayer acted, as it was then (CON-132).
 *
 * @param name   as the register had it
 * @param ground of the mandate: number and date of the power; of a head that the register says so
 */
public record Link(Capacity capacity, Inn inn, String name, Optional<MandateId> mandate, String ground) {
}
