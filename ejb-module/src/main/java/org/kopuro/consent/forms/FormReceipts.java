package org.kopuro.consent.forms;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kopuro.consent.ConsentKind;
import org.kopuro.consent.ConsentReceipt;
import org.kopuro.consent.ReceiptWriter;
import org.kopuro.consent.Taxpayer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/**
 * Receipts of registered form consents (CON-140 to CON-142): what was agreed, what became of it, and, as a withdrawal does not undo it, when and what was disclosed, and whom to ask for
 * deletion (CON-102). Made when they are asked for, of what is true then; they give no access.
 */
@Stateless
public class FormReceipts {

    @Inject
    private Forms forms;
    @Inject
    private FormStore store;
    @Inject
    private Participants participants;
    @Inject
    private ReceiptWriter writer;

    /** For its taxpayer. */
    public ConsentReceipt of(Taxpayer taxpayer, FormId id, Language language) {
        return receipt(forms.get(taxpayer, id), language);
    }

    /** For its participant; of what was rejected, or is erased, there is none. */
    public ConsentReceipt of(ParticipantId participant, Contour contour, FormId id, Language language) {
        FormView form = forms.get(participant, contour, id);
        if (form.result() != FormResult.REGISTERED || form.erased()) {
            throw Forms.notFound();
        }
        return receipt(form, language);
    }

    private ConsentReceipt receipt(FormView form, Language language) {
        ReceiptWriter.Subject subject = new ReceiptWriter.Subject(ConsentKind.FORM, form.id().value(), form.contour(), participants.get(form.participant()), form.subsystemCode());
        Map<String, Object> out = writer.begin(subject, language);
        out.put("taxpayer", Map.of("inn", form.taxpayerInn(), "name", form.taxpayerName()));
        form.representative().ifPresent(person -> out.put("representative", Map.of("inn", person.inn().digits(), "name", person.name(), "ground", person.ground())));
        out.put("services", form.services());
        out.put("form", form(form));
        out.put("signedOn", form.signedOn().toString());
        out.put("registeredAt", form.receivedAt().toString());
        form.expiresAt().ifPresent(at -> out.put("expiresAt", at.toString()));
        out.put("state", form.state().name());
        form.cause().ifPresent(cause -> out.put("cause", cause));
        form.endedAt().ifPresent(at -> out.put("endedAt", at.toString()));
        return writer.end(out, subject, language, store.happened(form.id()));
    }

    private Map<String, Object> form(FormView form) {
        Map<String, Object> out = new LinkedHashMap<>(Map.of("version", form.version(), "signing", form.signing().name(), "fileName", form.fileName(), "fileSha256", form.fileSha256()));
        store.textsOf(form.id()).forEach((language, digest) -> out.put("textSha256." + language.tag(), HexFormat.of().formatHex(digest)));
        return out;
    }
}
