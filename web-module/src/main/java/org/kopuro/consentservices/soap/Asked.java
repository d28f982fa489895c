package org.kopuro.consentservices.soap;

import jakarta.activation.DataHandler;
import java.util.Optional;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.Representative;
import org.kopuro.consent.forms.Signing;
import org.kopuro.consentservices.ConsentServices;
import org.kopuro.consentservices.UsageWanted;
import org.kopuro.contract.consent.v1.FormTransfer;
import org.kopuro.contract.consent.v1.UsageQuestion;
import org.kopuro.exchange.soap.SoapCall;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Types of the contract as what the facade is asked; refuses what cannot be read. */
final class Asked {

    private Asked() {
    }

    static NewForm form(FormTransfer told) {
        return new NewForm(told.getNumber(), Inn.of(told.getTaxpayerInn(), "taxpayerInn"), told.getTaxpayerName(),
                Optional.ofNullable(told.getRepresentative()).map(person -> new Representative(Inn.of(person.getInn(), "representative.inn"), person.getName(), person.getGround())),
                NewForm.services(told.getService()), Input.day(told.getSignedOn(), "signedOn"), Optional.ofNullable(told.getLastDay()).map(day -> Input.day(day, "lastDay")),
                told.getFormVersion(), Input.oneOf(Signing.class, told.getSigning(), "signing"), told.getFileName(), told.getFileSha256());
    }

    static UsageWanted usage(UsageQuestion told) {
        return UsageWanted.of(Optional.ofNullable(told.getBefore()), Optional.ofNullable(told.getLimit()), Optional.ofNullable(told.getFrom()), Optional.ofNullable(told.getTo()),
                Optional.ofNullable(told.getDataSet()), Optional.ofNullable(told.getOutcome()), Optional.ofNullable(told.getLanguage()));
    }

    /**
     * @param included  by MTOM, or in base 64
     * @param reference by swaRef, instead
     */
    static Optional<ConsentServices.Octets> octets(DataHandler included, DataHandler reference, String field) {
        if (included != null && reference != null) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
        return Optional.ofNullable(included == null ? reference : included).map(handler -> () -> SoapCall.octets(handler));
    }
}
