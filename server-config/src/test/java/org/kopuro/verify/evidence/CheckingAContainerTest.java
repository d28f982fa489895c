package org.kopuro.verify.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.installation.ServerKeys;
import org.kopuro.exchange.evidence.EvidenceRefusal;
import org.kopuro.exchange.evidence.SampleContainer;
import org.kopuro.kernel.Refusal;

/** Somebody was given a container and the authority's certificate, and has no network. */
class CheckingAContainerTest {

    private static final ServerKeys.Signing AUTHORITY = SampleContainer.key("The authority", false);
    private static final byte[] GOOD = SampleContainer.signedBy(AUTHORITY, Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void findsItWholeAndGivesTheReceiptBack() throws Exception {
        Container container = check(GOOD, AUTHORITY);
        assertEquals(SampleContainer.OCCURRENCE, container.occurrence());
        assertEquals(Optional.of(SampleContainer.RECEIPT), container.receipt());
        assertEquals(Optional.empty(), container.stampedAt());
        assertTrue(Duration.between(container.signedAt(), Clock.systemUTC().instant()).abs().compareTo(Duration.ofMinutes(5)) < 0);
    }

    @Test
    void knowsTheTimeOfATrustedTimeStamp() throws Exception {
        ServerKeys.Signing stamps = SampleContainer.key("Stamps", true);
        try (LocalTimeStampAuthority authority = new LocalTimeStampAuthority(stamps)) {
            byte[] stamped = SampleContainer.signedBy(AUTHORITY, Optional.of(authority.address()));
            assertTrue(check(stamped, AUTHORITY, stamps).stampedAt().isPresent());
            assertEquals(Optional.empty(), check(stamped, AUTHORITY).stampedAt(), "a stamp by nobody we know");
        }
    }

    @Test
    void isNotMadeWithoutTheTimeStampThatItShouldHave() throws Exception {
        try (LocalTimeStampAuthority authority = new LocalTimeStampAuthority(SampleContainer.key("Stamps", true))) {
            authority.breakDown();
            Refusal refusal = assertThrows(Refusal.class, () -> SampleContainer.signedBy(AUTHORITY, Optional.of(authority.address())));
            assertEquals(EvidenceRefusal.EVIDENCE_TIME_STAMP_UNAVAILABLE, refusal.code());
            authority.goAway();
            assertEquals(EvidenceRefusal.EVIDENCE_TIME_STAMP_UNAVAILABLE,
                    assertThrows(Refusal.class, () -> SampleContainer.signedBy(AUTHORITY, Optional.of(authority.address()))).code());
        }
    }

    @Test
    void doesNotBelieveAnotherSigner() {
        assertRefused("The signature is not valid", GOOD, SampleContainer.key("The authority", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"request.xml", "answer.xml", "decision.json", "receipt.json", "certificates/caller.pem", "META-INF/signatures001.xml"})
    void findsOneAlteredOctetInEveryMember(String member) throws IOException {
        Map<String, byte[]> members = unpacked(GOOD);
        byte[] octets = members.get(member).clone();
        octets[octets.length / 2] ^= 1;
        members.put(member, octets);
        assertRefused("", packed(members), AUTHORITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"request.xml", "answer.xml", "decision.json", "receipt.json", "certificates/caller.pem", "META-INF/signatures001.xml"})
    void findsThatAMemberIsMissing(String member) throws IOException {
        Map<String, byte[]> members = unpacked(GOOD);
        assertTrue(members.remove(member) != null);
        assertRefused("", packed(members), AUTHORITY);
    }

    @Test
    void findsAMemberThatNobodySigned() throws IOException {
        Map<String, byte[]> members = unpacked(GOOD);
        members.put("verdict.txt", "guilty".getBytes(StandardCharsets.US_ASCII));
        assertRefused("The signature does not cover verdict.txt", packed(members), AUTHORITY);
    }

    @Test
    void findsTwoMembersThatChangedPlaces() throws IOException {
        Map<String, byte[]> members = unpacked(GOOD);
        byte[] request = members.get("request.xml");
        members.put("request.xml", members.put("answer.xml", request));
        assertRefused("", packed(members), AUTHORITY);
    }

    @Test
    void findsADecisionAboutAnotherMessageThoughTheAuthoritySignedIt() {
        String decision = SampleContainer.decision(AUTHORITY, "<request>another</request>");
        assertRefused("The decision is about another request.xml",
                SampleContainer.signedBy(AUTHORITY, Optional.empty(), SampleContainer.REQUEST, decision, Clock.systemUTC().instant()), AUTHORITY);
    }

    @Test
    void findsADecisionAboutAnotherCallerThoughTheAuthoritySignedIt() {
        String decision = SampleContainer.decision(SampleContainer.key("Another", false), SampleContainer.REQUEST);
        assertRefused("The decision is about another caller",
                SampleContainer.signedBy(AUTHORITY, Optional.empty(), SampleContainer.REQUEST, decision, Clock.systemUTC().instant()), AUTHORITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, -1})
    void saysOfAFileThatIsNoContainerThatItIsNone(int length) {
        byte[] cut = length < 0 ? "not a container at all".getBytes(StandardCharsets.US_ASCII) : Arrays.copyOf(GOOD, length);
        assertRefused("The container", cut, AUTHORITY);
    }

    @Test
    void findsAMemberThatStandsTwice() throws IOException {
        // The first name is a decoy of the same length, renamed afterwards in the octets: no library writes a name twice.
        Map<String, byte[]> members = unpacked(GOOD);
        Map<String, byte[]> twice = new LinkedHashMap<>(members);
        twice.put("Request.xml", "<request>other</request>".getBytes(StandardCharsets.US_ASCII));
        byte[] octets = new String(packed(twice), StandardCharsets.ISO_8859_1).replace("Request.xml", "request.xml").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused("The container has request.xml twice", octets, AUTHORITY);
    }

    private Container check(byte[] octets, ServerKeys.Signing... trusted) throws IOException, NotProven, CertificateEncodingException {
        List<Path> certificates = new ArrayList<>();
        for (ServerKeys.Signing each : trusted) {
            certificates.add(Files.writeString(Files.createTempFile(folder, "trusted", ".pem"), "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(each.certificate().getEncoded()) + "\n-----END CERTIFICATE-----\n"));
        }
        return Container.check(Files.write(Files.createTempFile(folder, "evidence", ".asice"), octets), certificates);
    }

    private void assertRefused(String sentence, byte[] octets, ServerKeys.Signing trusted) {
        NotProven refused = assertThrows(NotProven.class, () -> check(octets, trusted));
        assertTrue(refused.getMessage().startsWith(sentence) && refused.getMessage().length() > 10, refused.getMessage());
    }

    private static Map<String, byte[]> unpacked(byte[] container) throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                members.put(entry.getName(), zip.readAllBytes());
            }
        }
        return members;
    }

    private static byte[] packed(Map<String, byte[]> members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
