package org.kopuro.consentservices.rest;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Optional;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.consent.forms.Representative;
import org.kopuro.consent.forms.Signing;
import org.kopuro.consentservices.ConsentServices;
import org.kopuro.consentservices.UsageWanted;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** JSON as what the facade is asked; refuses what cannot be read. */
final class Wanted {

    private Wanted() {
    }

    static NewForm form(JsonBody told) {
        return new NewForm(told.text("number"), Inn.of(told.text("taxpayerInn"), "taxpayerInn"), told.text("taxpayerName"), told.optionalObject("representative").map(Wanted::representative),
                NewForm.services(told.texts("service")), Input.day(told.text("signedOn"), "signedOn"), told.optionalText("lastDay").map(day -> Input.day(day, "lastDay")),
                told.text("formVersion"), told.oneOf(Signing.class, "signing"), told.text("fileName"), told.text("fileSha256"));
    }

    private static Representative representative(JsonBody told) {
        Representative person = new Representative(Inn.of(told.text("inn"), "representative.inn"), told.text("name"), told.text("ground"));
        told.end();
        return person;
    }

    static Optional<ConsentServices.Octets> octets(JsonBody told, String field) {
        return told.optionalText(field).map(text -> decoded(text, field)).map(octets -> () -> new ByteArrayInputStream(octets));
    }

    private static byte[] decoded(String base64, String field) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
    }

    static UsageWanted usage(JsonBody told) {
        return UsageWanted.of(told.optionalText("before"), told.optionalNumber("limit"), told.optionalText("from"), told.optionalText("to"), told.optionalText("dataSet"),
                told.optionalText("outcome"), told.optionalText("language"));
    }
}
