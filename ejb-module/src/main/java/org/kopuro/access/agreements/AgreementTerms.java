package org.kopuro.access.agreements;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * What was signed (ACC-55); of an amendment, all that holds from then on.
 *
 * @param firstDay              of its term, in the procedure's zone
 * @param lastDay               empty where the term is open
 * @param dataFormat            requisites and format of exchanged data
 * @param consentForm           of the taxpayer's consent
 * @param consentKeptMonths     for how long the participant keeps it
 * @param consentTransferFormat in which it is passed on
 * @param authoritySignatory    name and post
 * @param participantSignatory  name and post
 * @param document              that both signed, one of the agreement's files
 * @param confirmations         that the participant gives in it: all of them, but in an agreement from before the order
 * @param noticeEmail           where notices go (ACC-81); empty in an agreement from before the order only
 * @param suspensionBasis       on which its connection is suspended, in the agreement's words (§6); empty as that
 */
public record AgreementTerms(LocalDate signedOn, LocalDate firstDay, Optional<LocalDate> lastDay, String dataFormat, String consentForm, int consentKeptMonths,
        String consentTransferFormat, String authoritySignatory, String participantSignatory, SortedSet<String> services, UUID document,
        Set<ConfirmedDuty> confirmations, Optional<String> noticeEmail, Optional<String> suspensionBasis) {

    private static final int SERVICES_MAX = 100;
    private static final int KEPT_MAX = 1200;

    public AgreementTerms {
        dataFormat = Input.lines(dataFormat, "dataFormat", 1000);
        consentForm = Input.lines(consentForm, "consentForm", 1000);
        consentTransferFormat = Input.lines(consentTransferFormat, "consentTransferFormat", 1000);
        authoritySignatory = Input.text(authoritySignatory, "authoritySignatory", 300);
        participantSignatory = Input.text(participantSignatory, "participantSignatory", 300);
        services = new TreeSet<>(services);
        confirmations = Set.copyOf(confirmations);
        noticeEmail = noticeEmail.map(text -> Input.text(text, "noticeEmail", 254));
        suspensionBasis = suspensionBasis.map(text -> Input.lines(text, "suspensionBasis", 1000));
        if (noticeEmail.filter(text -> !text.matches("[^\\s@]+@[^\\s@]+")).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "noticeEmail");
        }
        if (services.isEmpty()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, "services");
        }
        if (services.size() > SERVICES_MAX) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "services", SERVICES_MAX);
        }
        services.forEach(service -> Input.text(service, "services", 64));
        if (consentKeptMonths < 1 || consentKeptMonths > KEPT_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "consentKeptMonths");
        }
        if (lastDay.isPresent() && lastDay.get().isBefore(firstDay)) {
            throw Refusal.of(AgreementRefusal.AGREEMENT_TERM_INVALID, "lastDay");
        }
    }

    boolean covers(LocalDate day) {
        return !day.isBefore(firstDay) && !overOn(day);
    }

    boolean overOn(LocalDate day) {
        return lastDay.filter(day::isAfter).isPresent();
    }
}
