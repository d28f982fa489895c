package org.kopuro.verify.evidence;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * An ASiC-E container of evidence that has been found whole: signed by a trusted certificate over every member, and with a
 * decision that names the very messages inside. Nothing is looked up on a network.
 *
 * @param occurrence    of the call
 * @param signedAt      as the signer claims
 * @param stampedAt     as a trusted time-stamp authority says, where there is a time-stamp
 * @param requestSha256 of the request inside, in hexadecimal digits
 * @param answerSha256  of the answer inside
 * @param outcome       of the call, as the decision tells it
 * @param receipt       the ledger's of the messages, to be checked with the ledger's means
 * @param callReceipt   the ledger's of the call
 */
public record Container(String occurrence, Instant signedAt, Optional<Instant> stampedAt, String requestSha256, String answerSha256, String outcome,
        Optional<String> receipt, Optional<String> callReceipt) {

    private static final String REQUEST = "request.xml";
    private static final String ANSWER = "answer.xml";
    private static final String DECISION = "decision.json";
    private static final String RECEIPT = "receipt.json";
    private static final String CALL_RECEIPT = "call-receipt.json";
    private static final String CALLER = "certificates/caller.pem";
    private static final Set<String> REQUIRED = Set.of(REQUEST, ANSWER, DECISION);
    private static final int MEMBERS_MAX = 100;
    private static final int MEMBER_OCTETS_MAX = 128 * 1024 * 1024;

    /**
     * Checks a container.
     *
     * @param trusted files with certificates in PEM: the authority's, and those of time-stamp authorities
     */
    public static Container check(Path file, List<Path> trusted) throws NotProven {
        Map<String, byte[]> members = members(file);
        for (String name : REQUIRED) {
            if (!members.containsKey(name)) {
                throw new NotProven("The container has no " + name + ".");
            }
        }
        Set<String> toBeSigned = members.keySet().stream().filter(name -> !name.equals("mimetype") && !name.startsWith("META-INF/")).collect(Collectors.toSet());
        SimpleReport report = validate(file, certificates(trusted));
        String signature = onlySignature(report);
        requirePassed(report, signature);
        requireCoverage(report, signature, toBeSigned);
        JsonObject decision = decision(members.get(DECISION));
        requireDigest(decision, "requestSha256", REQUEST, members);
        requireDigest(decision, "answerSha256", ANSWER, members);
        requireCaller(decision, members);
        return new Container(text(decision, "call", "occurrence"), report.getSigningTime(signature).toInstant(), stampedAt(report, signature),
                sha256(members.get(REQUEST)), sha256(members.get(ANSWER)), text(decision, "call", "outcome"), member(members, RECEIPT), member(members, CALL_RECEIPT));
    }

    private static Optional<String> member(Map<String, byte[]> members, String name) {
        return Optional.ofNullable(members.get(name)).map(octets -> new String(octets, StandardCharsets.UTF_8));
    }

    private static SimpleReport validate(Path file, List<X509Certificate> certificates) throws NotProven {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        certificates.forEach(certificate -> trusted.addCertificate(new CertificateToken(certificate)));
        // Without any source of its own on a network.
        CommonCertificateVerifier verifier = new CommonCertificateVerifier(true);
        verifier.setTrustedCertSources(trusted);
        try {
            SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(file.toFile()));
            validator.setCertificateVerifier(verifier);
            return validator.validateDocument().getSimpleReport();
        } catch (RuntimeException e) {
            // The library throws its own kinds and bare ones on what it cannot read; to a reader they are one.
            throw new NotProven("The container cannot be read: it is damaged or not of this kind.", e);
        }
    }

    private static String onlySignature(SimpleReport report) throws NotProven {
        List<String> signatures = report.getSignatureIdList();
        if (signatures.size() != 1) {
            throw new NotProven("The container has " + signatures.size() + " signatures instead of one.");
        }
        return signatures.get(0);
    }

    private static void requirePassed(SimpleReport report, String signature) throws NotProven {
        if (report.getIndication(signature) != Indication.TOTAL_PASSED) {
            String errors = report.getAdESValidationErrors(signature).stream().map(message -> message.getValue()).collect(Collectors.joining(" "));
            throw new NotProven("The signature is not valid: " + report.getIndication(signature)
                    + Optional.ofNullable(report.getSubIndication(signature)).map(sub -> ", " + sub).orElse("") + ". " + errors);
        }
    }

    /** A member that nobody signed proves nothing and would be believed. */
    private static void requireCoverage(SimpleReport report, String signature, Set<String> toBeSigned) throws NotProven {
        Set<String> uncovered = new HashSet<>(toBeSigned);
        report.getSignatureScopes(signature).forEach(scope -> uncovered.remove(scope.getName()));
        if (!uncovered.isEmpty()) {
            throw new NotProven("The signature does not cover " + String.join(", ", uncovered) + ".");
        }
    }

    private static Optional<Instant> stampedAt(SimpleReport report, String signature) {
        return report.getSignatureTimestamps(signature).stream().filter(stamp -> stamp.getIndication() == Indication.PASSED)
                .map(stamp -> stamp.getProductionTime().toInstant()).findFirst();
    }

    private static void requireDigest(JsonObject decision, String digest, String member, Map<String, byte[]> members) throws NotProven {
        if (!text(decision, "messages", digest).equals(sha256(members.get(member)))) {
            throw new NotProven("The decision is about another " + member + " than the one in the container.");
        }
    }

    private static void requireCaller(JsonObject decision, Map<String, byte[]> members) throws NotProven {
        if (!members.containsKey(CALLER)) {
            return;
        }
        try {
            byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(members.get(CALLER))).getEncoded();
            if (!text(decision, "caller", "certificateSha256").equals(sha256(der))) {
                throw new NotProven("The decision is about another caller than the one whose certificate is in the container.");
            }
        } catch (GeneralSecurityException e) {
            throw new NotProven(CALLER + " is not a certificate.", e);
        }
    }

    private static JsonObject decision(byte[] octets) throws NotProven {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(octets))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new NotProven(DECISION + " is not JSON.", e);
        }
    }

    private static String text(JsonObject decision, String part, String name) throws NotProven {
        JsonObject object = decision.getOrDefault(part, JsonObject.EMPTY_JSON_OBJECT) instanceof JsonObject found ? found : JsonObject.EMPTY_JSON_OBJECT;
        String text = object.getString(name, null);
        if (text == null) {
            throw new NotProven(DECISION + " has no " + part + "." + name + ".");
        }
        return text;
    }

    /** Every entry as it stands in the file; a name that stands twice would show different readers different things. */
    private static Map<String, byte[]> members(Path file) throws NotProven {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] octets = zip.readNBytes(MEMBER_OCTETS_MAX + 1);
                if (members.put(entry.getName(), octets) != null) {
                    throw new NotProven("The container has " + entry.getName() + " twice.");
                }
                if (octets.length > MEMBER_OCTETS_MAX || members.size() > MEMBERS_MAX) {
                    throw new NotProven("The container is larger than evidence ever is.");
                }
            }
            return members;
        } catch (IOException | IllegalArgumentException e) {
            throw new NotProven("The container cannot be read: it is damaged or not of this kind.", e);
        }
    }

    private static List<X509Certificate> certificates(List<Path> files) throws NotProven {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    certificates.add((X509Certificate) certificate);
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new NotProven("The trusted certificate " + file + " cannot be read.", e);
            }
        }
        return certificates;
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
