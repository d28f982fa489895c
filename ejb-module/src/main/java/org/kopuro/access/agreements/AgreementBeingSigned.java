package org.kopuro.access.agreements;

import java.time.Instant;
import org.kopuro.participants.ParticipantId;

/**
 * Observed in the transaction of the signing, before anything of it is held: whoever decides on a request holds that first, the connection and the agreement afterwards.
 *
 * @param at from when on what waited for the agreement is counted
 */
public record AgreementBeingSigned(ParticipantId participant, String procedure, Instant at) {
}
