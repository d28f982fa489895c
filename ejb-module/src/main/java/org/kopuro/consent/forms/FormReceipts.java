package org.kopuro.consent.forms;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.UUID;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.events.SignedStatements;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;

/**
 * Receipts of registered form consents (CON-140 to CON-142): what was agreed, what became of it, and, as a withdrawal does not undo it, when and what was disclosed, and whom to ask for
 * deletion (CON-102). Made when they are asked for, of what is true then; they give no access.
 */
@Stateless
public class FormReceipts {

    private static final String TYPE = "consent-receipt+jwt";
    private static final String SCHEMA = "urn:kopuro:consent-receipt:1";
    private static final ResourceBundle.Control EXACT_LANGUAGE = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    /** The newest; how many there are is said. */
    private static final int DISCLOSURES_MAX = 1000;

    @Inject
    private Forms forms;
    @Inject
    private FormStore store;
    @Inject
    private Participants participants;
    @Inject
    private SignedStatements statements;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /** Something that was disclosed on a consent; the occurrence names the ledger's entry. */
    record Disclosure(Instant at, String service, int records, UUID occurrence) {
    }

    /** Something that happened to a consent. */
    record Happened(String event, String state, Instant at, String byRole) {
    }

    /** For its taxpayer. */
    public FormReceipt of(Taxpayer taxpayer, FormId id, Language language) {
        return receipt(forms.get(taxpayer, id), language);
    }

    /** For its participant; of what was rejected there is none. */
    public FormReceipt of(ParticipantId participant, Contour contour, FormId id, Language language) {
        FormView form = forms.get(participant, contour, id);
        if (form.result() != FormResult.REGISTERED) {
            throw Forms.notFound();
        }
        return receipt(form, language);
    }

    private FormReceipt receipt(FormView form, Language language) {
        ParticipantView participant = participants.get(form.participant());
        ResourceBundle words = ResourceBundle.getBundle(FormReceipts.class.getPackageName() + ".receipt", language.locale(), FormReceipts.class.getClassLoader(), EXACT_LANGUAGE);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schemaVersion", SCHEMA);
        out.put("consentId", form.id().value().toString());
        out.put("consentKind", "FORM");
        out.put("contour", form.contour().name());
        out.put("language", language.tag());
        out.put("authority", Map.of("id", installation.instance() + "/" + installation.memberClass() + "/" + installation.memberCode(), "address", installation.publicAddress()));
        out.put("participant", participant(participant, form.subsystemCode()));
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
        out.put("events", store.happened(form.id()).stream().map(FormReceipts::told).toList());
        out.put("disclosures", store.disclosures(form.id(), DISCLOSURES_MAX).stream().map(FormReceipts::told).toList());
        out.put("disclosuresInAll", store.countDisclosures(form.id()));
        out.put("rights", List.of(words.getString("withdraw"), words.getString("usage"), words.getString("civil")));
        out.put("deletion", Map.of("text", words.getString("deletion"), "name", participant.fullName(), "email", participant.noticeEmail()));
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(installation.publicAddress()).jwtID(UUID.randomUUID().toString()).claim("iat", clock.instant().getEpochSecond())
                .subject(form.id().value().toString()).claim("receipt", out).build();
        return new FormReceipt(JSONObjectUtils.toJSONString(claims.toJSONObject()), statements.sign(TYPE, claims));
    }

    private static Map<String, Object> participant(ParticipantView participant, String subsystem) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", participant.instance() + "/" + participant.memberClass() + "/" + participant.memberCode() + "/" + subsystem);
        out.put("name", participant.fullName());
        participant.inn().ifPresent(inn -> out.put("inn", inn));
        return out;
    }

    private Map<String, Object> form(FormView form) {
        Map<String, Object> out = new LinkedHashMap<>(Map.of("version", form.version(), "signing", form.signing().name(), "fileName", form.fileName(), "fileSha256", form.fileSha256()));
        store.textsOf(form.id()).forEach((language, digest) -> out.put("textSha256." + language.tag(), HexFormat.of().formatHex(digest)));
        return out;
    }

    private static Map<String, Object> told(Disclosure one) {
        return Map.of("at", one.at().toString(), "service", one.service(), "records", one.records(), "ledgerEntry", one.occurrence().toString());
    }

    private static Map<String, Object> told(Happened one) {
        return Map.of("event", one.event(), "state", one.state(), "at", one.at().toString(), "by", one.byRole());
    }
}
