package org.kopuro.consent;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.UUID;
import org.kopuro.consent.events.SignedStatements;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.participants.ParticipantView;

/** What receipts have in common, whatever the kind of consent: their frame, the parties, rights, events and disclosures, and the signature (CON-140, CON-141). */
@Dependent
public class ReceiptWriter {

    /** The newest; how many there are is said. */
    private static final int DISCLOSURES_MAX = 1000;

    private static final String TYPE = "consent-receipt+jwt";
    private static final String SCHEMA = "urn:kopuro:consent-receipt:1";
    private static final ResourceBundle.Control EXACT_LANGUAGE = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    @Inject
    private UsageStore usage;
    @Inject
    private SignedStatements statements;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    /** Something that was disclosed on a consent; the occurrence names the ledger's entry. */
    record Disclosure(Instant at, String service, int records, UUID occurrence) {
    }

    /** Something that happened to a consent; with the ledger's entry where it is known. */
    public record Happened(String event, String state, Instant at, String byRole, Optional<UUID> ledgerEntry) {
    }

    /** Which consent a receipt is of, and to whom it was given, in which of its subsystems. */
    public record Subject(ConsentKind kind, UUID consent, Contour contour, ParticipantView participant, String subsystem) {
    }

    /** The beginning, to which the kind's own is added. */
    public Map<String, Object> begin(Subject subject, Language language) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("schemaVersion", SCHEMA);
        out.put("receiptId", UUID.randomUUID().toString());
        out.put("consentId", subject.consent().toString());
        out.put("consentKind", subject.kind().name());
        out.put("contour", subject.contour().name());
        out.put("language", language.tag());
        out.put("authority", Map.of("id", installation.instance() + "/" + installation.memberClass() + "/" + installation.memberCode(), "address", installation.publicAddress()));
        out.put("participant", participant(subject.participant(), subject.subsystem()));
        return out;
    }

    /** What became of it, and whom to turn to; signed. */
    public ConsentReceipt end(Map<String, Object> out, Subject subject, Language language, List<Happened> events) {
        ResourceBundle words = ResourceBundle.getBundle(ReceiptWriter.class.getPackageName() + ".receipt", language.locale(), ReceiptWriter.class.getClassLoader(), EXACT_LANGUAGE);
        ParticipantView participant = subject.participant();
        out.put("events", events.stream().map(ReceiptWriter::told).toList());
        out.put("disclosures", usage.disclosures(subject.kind(), subject.consent(), DISCLOSURES_MAX).stream().map(ReceiptWriter::told).toList());
        out.put("disclosuresInAll", usage.countDisclosures(subject.kind(), subject.consent()));
        out.put("rights", List.of(words.getString("withdraw." + subject.kind()), words.getString("usage"), words.getString("civil")));
        out.put("deletion", Map.of("text", words.getString("deletion"), "name", participant.fullName(), "email", participant.noticeEmail()));
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(installation.publicAddress()).jwtID(out.get("receiptId").toString()).claim("iat", clock.instant().getEpochSecond())
                .subject(subject.consent().toString()).claim("receipt", out).build();
        return new ConsentReceipt(JSONObjectUtils.toJSONString(claims.toJSONObject()), statements.sign(TYPE, claims));
    }

    private static Map<String, Object> participant(ParticipantView participant, String subsystem) {
        Map<String, Object> out = new LinkedHashMap<>();
        String member = participant.instance() + "/" + participant.memberClass() + "/" + participant.memberCode();
        out.put("id", subsystem.isEmpty() ? member : member + "/" + subsystem);
        out.put("name", participant.fullName());
        participant.inn().ifPresent(inn -> out.put("inn", inn));
        return out;
    }

    private static Map<String, Object> told(Disclosure one) {
        return Map.of("at", one.at().toString(), "service", one.service(), "records", one.records(), "ledgerEntry", one.occurrence().toString());
    }

    private static Map<String, Object> told(Happened one) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("event", one.event());
        out.put("state", one.state());
        out.put("at", one.at().toString());
        out.put("by", one.byRole());
        one.ledgerEntry().ifPresent(entry -> out.put("ledgerEntry", entry.toString()));
        return out;
    }
}
