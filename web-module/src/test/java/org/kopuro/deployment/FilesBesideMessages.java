package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** Files come beside messages and go beside answers: by MTOM or swaRef, however large, and bound to what is signed. */
interface FilesBesideMessages {

    long MEGABYTE = 1024L * 1024;
    String MTOM = "multipart/related; type=\"application/xop+xml\"; start=\"<root>\"; start-info=\"text/xml\"; boundary=\"b\"";
    String SWA = "multipart/related; type=\"text/xml\"; start=\"<root>\"; boundary=\"b\"";
    String PATH = "/soap/consent/v1";

    /** A PDF of so many megabytes, made while it is read. */
    private static InputStream pdf(long octets) {
        byte[] head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "\ntrailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        return joined(new ByteArrayInputStream(head), new InputStream() {
            private long left = octets - head.length - tail.length;

            @Override
            public int read() {
                return left-- > 0 ? ' ' : -1;
            }

            @Override
            public int read(byte[] target, int from, int most) {
                int length = (int) Math.min(most, left);
                Arrays.fill(target, from, from + length, (byte) ' ');
                left -= length;
                return length == 0 && most > 0 ? -1 : length;
            }
        }, new ByteArrayInputStream(tail));
    }

    private static String sha256(InputStream octets) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[64 * 1024];
            for (int length; (length = octets.read(buffer)) >= 0;) {
                digest.update(buffer, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream joined(InputStream... parts) {
        return new SequenceInputStream(Collections.enumeration(List.of(parts)));
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String root(String contentType, String message) {
        String type = contentType.equals(MTOM) ? "application/xop+xml; charset=UTF-8; type=\"text/xml\"" : "text/xml; charset=UTF-8";
        return "--b\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <root>\r\n\r\n" + message;
    }

    private static InputStream multipart(String contentType, String message, Map<String, Supplier<InputStream>> files) {
        List<InputStream> parts = new ArrayList<>(List.of(text(root(contentType, message))));
        files.forEach((id, file) -> parts.addAll(List.of(text("\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <" + id + ">\r\n\r\n"), file.get())));
        parts.add(text("\r\n--b--\r\n"));
        return joined(parts.toArray(InputStream[]::new));
    }

    private static String declared(Scene scene, String number, String sha256, String rest) {
        return ConsentFormsOverSoap.declared(scene, number, "HANDWRITTEN", new byte[] {'%'}, rest).replaceAll("(<c:fileSha256>)[0-9a-f]*", "$1" + sha256);
    }

    private static SoapAnswer transfer(Scene scene, String contentType, String request, Map<String, Supplier<InputStream>> files) throws IOException, InterruptedException {
        String message = ConsentFormsOverSoap.message(scene, "transferForm", request);
        SoapAnswer answer = SoapAnswer.of(Server.Response.of(MultipartAnswer.send(PATH, contentType, () -> multipart(contentType, message, files), HttpResponse.BodyHandlers.ofByteArray())));
        answer.assertSignedByTheServer();
        return answer;
    }

    private static MultipartAnswer fileOf(Scene scene, String contentType, String number) throws IOException, InterruptedException {
        String message = ConsentFormsOverSoap.message(scene, "formFile", "<c:number>" + number + "</c:number><c:what>FILE</c:what>");
        MultipartAnswer answer = MultipartAnswer.to(PATH, contentType.equals("text/xml") ? "text/xml; charset=UTF-8" : contentType,
                () -> contentType.equals("text/xml") ? text(message) : multipart(contentType, message, Map.of()));
        answer.soap().assertSignedByTheServer();
        answer.soap().assertRepeatsHeaderOf(message);
        assertEquals(answer.sha256(), answer.soap().value("sha256"), "the signed answer binds the file");
        assertEquals(String.valueOf(answer.octets()), answer.soap().value("octets"));
        return answer;
    }

    /** That the answer refers to the file's own content id, in a URL of RFC 2392. */
    private static void assertRefersToTheFile(MultipartAnswer answer, String reference) {
        assertEquals("cid:" + answer.fileHead().replaceAll("(?s).*Content-ID: <(.*?)>.*", "$1"), URLDecoder.decode(reference, StandardCharsets.UTF_8));
    }

    @Test
    default void aHundredMegabytesComeAndGoWhileTheServersHeapStaysFlat() throws IOException, InterruptedException {
        Scene scene = ConsentFormsOverSoap.aParticipantWithAForm();
        Supplier<InputStream> largest = () -> pdf(100 * MEGABYTE);
        String sha256 = sha256(largest.get());
        String request = declared(scene, "L-1", sha256, ConsentFormsOverSoap.attached("file"));
        RegisterRows.run("update exchange.attachment_limit set megabytes_max = 100 where contour::text = 'TEST'");
        try (ServerHeap heap = ServerHeap.attached()) {
            long came = heap.growthDuring(() -> assertEquals("REGISTERED", transfer(scene, MTOM, request, Map.of("file@test", largest)).value("result")));
            assertTrue(came < 40 * MEGABYTE, () -> came + " octets lived in the heap while a file of a hundred megabytes came");
            long left = heap.growthDuring(() -> {
                MultipartAnswer answer = fileOf(scene, MTOM, "L-1");
                assertEquals(List.of(100 * MEGABYTE, sha256), List.of(answer.octets(), answer.sha256()));
            });
            assertTrue(left < 40 * MEGABYTE, () -> left + " octets lived in the heap while a file of a hundred megabytes left");
            String larger = declared(scene, "L-2", sha256, ConsentFormsOverSoap.attached("file"));
            assertEquals("DOCUMENT_TOO_LARGE", transfer(scene, MTOM, larger, Map.of("file@test", () -> pdf(100 * MEGABYTE + 1))).value("faultCode"));
            assertEquals("MESSAGE_TOO_LARGE", transfer(scene, MTOM, larger, Map.of("file@test", () -> pdf(101 * MEGABYTE + 1))).refusalCode());
        } finally {
            RegisterRows.run("update exchange.attachment_limit set megabytes_max = 10");
        }
    }

    @Test
    default void aFileComesAndGoesAsItWasAskedForAndItsDigestIsKept() throws IOException, InterruptedException {
        Scene scene = ConsentFormsOverSoap.aParticipantWithAForm();
        Supplier<InputStream> file = () -> pdf(300_000);
        String sha256 = sha256(file.get());
        assertEquals("REGISTERED", transfer(scene, SWA, declared(scene, "S-1", sha256, "<c:fileReference>cid:f@test</c:fileReference>"), Map.of("f@test", file)).value("result"));

        MultipartAnswer bySwaRef = fileOf(scene, SWA, "S-1");
        bySwaRef.soap().assertFitsTheSchema();
        assertRefersToTheFile(bySwaRef, bySwaRef.soap().value("fileReference"));
        assertTrue(bySwaRef.contentType().contains("type=\"text/xml\""), bySwaRef.contentType());
        MultipartAnswer byMtom = fileOf(scene, MTOM, "S-1");
        assertTrue(byMtom.contentType().contains("type=\"application/xop+xml\""), byMtom.contentType());
        assertTrue(byMtom.rootHead().contains("Content-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\n"), byMtom.rootHead());
        assertRefersToTheFile(byMtom, ((org.w3c.dom.Element) byMtom.soap().body().getElementsByTagNameNS("http://www.w3.org/2004/08/xop/include", "Include").item(0)).getAttribute("href"));
        MultipartAnswer ofPlain = fileOf(scene, "text/xml", "S-1");
        for (MultipartAnswer each : List.of(bySwaRef, byMtom, ofPlain)) {
            assertEquals(List.of(300_000L, sha256, "form.pdf", "application/pdf"), List.of(each.octets(), each.sha256(), each.soap().value("fileName"), each.soap().value("mediaType")));
        }
        assertEquals(List.of("ANSWER 1 300000 " + sha256), attachments(byMtom.ledgerEntry()));
        String transferred = Rows.of("select occurrence::text from exchange.message_attachment where direction = 'REQUEST' and encode(sha256, 'hex') = ?", sha256).get(0);
        assertEquals(List.of("REQUEST 1 300000 " + sha256), attachments(transferred));

        assertEquals("NOT_FOUND", ConsentFormsOverSoap.call(scene, "formFile", "<c:number>S-1</c:number><c:what>SIGNATURE</c:what>").value("faultCode"));
        assertEquals("FIELD_INVALID", ConsentFormsOverSoap.call(scene, "formFile", "<c:number>S-1</c:number><c:what>BOTH</c:what>").value("faultCode"));
        assertEquals("NOT_FOUND", ConsentFormsOverSoap.call(ConsentFormsOverSoap.aParticipantWithAForm(), "formFile", "<c:number>S-1</c:number><c:what>FILE</c:what>").value("faultCode"));
    }

    private static List<String> attachments(String occurrence) {
        return Rows.of("select direction || ' ' || number || ' ' || octets || ' ' || encode(sha256, 'hex') from exchange.message_attachment where occurrence = ?", UUID.fromString(occurrence));
    }

    @Test
    default void whatTheSignedMessageDoesNotBindIsRefused() throws IOException, InterruptedException {
        Scene scene = ConsentFormsOverSoap.aParticipantWithAForm();
        Supplier<InputStream> file = () -> pdf(1000);
        Supplier<InputStream> other = () -> pdf(1001);
        String sha256 = sha256(file.get());
        String request = declared(scene, "H-1", sha256, ConsentFormsOverSoap.attached("file"));
        assertEquals("HASH_MISMATCH", transfer(scene, MTOM, request, Map.of("file@test", other)).value("result"), "swapped after signing");
        assertEquals("ATTACHMENT_NOT_COVERED", transfer(scene, MTOM, request, Map.of("file@test", file, "other@test", other)).refusalCode());
        assertEquals("REQUEST_STRUCTURE_INVALID", transfer(scene, MTOM, request, Map.of("other@test", file)).refusalCode());
        assertEquals("REQUEST_STRUCTURE_INVALID", transfer(scene, SWA, declared(scene, "H-1", sha256, "<c:fileReference>http://127.0.0.1:1/</c:fileReference>"), Map.of()).refusalCode());
        assertEquals("REQUEST_STRUCTURE_INVALID", ConsentFormsOverSoap.refusedAtTheDoor(scene, "transferForm", declared(scene, "H-1", sha256, "<c:fileReference>file:///etc/hostname</c:fileReference>")));
        assertEquals("FIELD_INVALID", transfer(scene, MTOM, declared(scene, "H-1", sha256, ConsentFormsOverSoap.attached("file") + "<c:fileReference>cid:file@test</c:fileReference>"),
                Map.of("file@test", file)).value("faultCode"));
        assertEquals("ATTACHMENTS_TOO_MANY", transfer(scene, MTOM, request, Map.of("file@test", file, "b", other, "c", other)).refusalCode());
        String status = ConsentFormsOverSoap.message(scene, "formStatus", "<c:number>H-1</c:number>");
        SoapAnswer none = SoapAnswer.of(Server.Response.of(MultipartAnswer.send(PATH, MTOM, () -> multipart(MTOM, status, Map.of("file@test", file)), HttpResponse.BodyHandlers.ofByteArray())));
        assertEquals("ATTACHMENTS_TOO_MANY", none.refusalCode());
        assertEquals(List.of("ATTACHMENTS_TOO_MANY"), Rows.of("select outcome from consent.usage where occurrence = ?", UUID.fromString(none.occurrence())), "it is on the caller's record");
        assertEquals("REGISTERED", transfer(scene, MTOM, request, Map.of("file@test", file)).value("result"));
    }

    /** WS-Security's SwA profile: nobody has to, for the digest in the Body binds the file; who does is held to it. */
    @Test
    default void aSignatureMayCoverTheFile() throws IOException, InterruptedException {
        Scene scene = ConsentFormsOverSoap.aParticipantWithAForm();
        Supplier<InputStream> file = () -> pdf(300_000);
        Supplier<InputStream> other = () -> pdf(300_001);
        byte[] digest = HexFormat.of().parseHex(sha256(file.get()));
        String request = declared(scene, "W-1", sha256(file.get()), ConsentFormsOverSoap.attached("file"));
        assertEquals("SIGNATURE_INVALID", covering(scene, request, "file@test", digest, other, "application/octet-stream", scene.identity).refusalCode(), "swapped after signing");
        assertEquals("SIGNATURE_INVALID", covering(scene, request, "none@test", digest, file, "application/octet-stream", scene.identity).refusalCode(), "signed and not sent");
        assertEquals("SIGNATURE_FORM_REFUSED", covering(scene, request, "file@test", digest, file, "text/xml", scene.identity).refusalCode(), "another text than the one that came would be proven");
        assertEquals("ATTACHMENTS_TOO_MANY", covering(scene, request, "file@test", digest, file, "application/octet-stream",
                TestCertificates.elliptic(Participants.APPLICATION.clock().instant())).refusalCode(), "nobody's files go to the disk");
        SoapAnswer answer = covering(scene, request, "file@test", digest, file, "application/octet-stream", scene.identity);
        assertEquals("REGISTERED", answer.value("result"));
        answer.assertSignedByTheServer();
        assertEquals("SIGNATURE_FORM_REFUSED", SoapAnswer.of(Server.soap(TaxMessage.of(scene).text().withPart("file@test", digest).signedBy(scene.identity).text())).refusalCode(), "where no files are taken");
    }

    private static SoapAnswer covering(Scene scene, String request, String id, byte[] digest, Supplier<InputStream> file, String type, TestCertificates.Identity identity)
            throws IOException, InterruptedException {
        String message = ConsentFormsOverSoap.unsigned(scene, "transferForm", request).withPart(id, digest).signedBy(identity).text();
        byte[] octets = new String(multipart(MTOM, message, Map.of("file@test", file)).readAllBytes(), StandardCharsets.ISO_8859_1)
                .replace("Content-Type: application/octet-stream", "Content-Type: " + type).getBytes(StandardCharsets.ISO_8859_1);
        return SoapAnswer.of(Server.Response.of(MultipartAnswer.send(PATH, MTOM, () -> new ByteArrayInputStream(octets), HttpResponse.BodyHandlers.ofByteArray())));
    }

    /** Who breaks off, or counts wrongly, costs nobody else anything. */
    @Test
    default void aContentLengthThatLiesLeavesTheServerAnswering() throws IOException, InterruptedException {
        Scene scene = ConsentFormsOverSoap.aParticipantWithAForm();
        String sha256 = sha256(pdf(1000));
        String request = declared(scene, "C-1", sha256, ConsentFormsOverSoap.attached("file"));
        byte[] body = multipart(MTOM, ConsentFormsOverSoap.message(scene, "transferForm", request), Map.of("file@test", () -> pdf(1000))).readAllBytes();
        String head = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + MTOM + "\r\nContent-Length: ";
        String tooShort = raw(head + (body.length - 20), body);
        assertTrue(tooShort.contains("Client.MimeParsingFailed"), tooShort);
        String tooLong = raw(head + (body.length + 100_000), body);
        assertFalse(tooLong.contains("REGISTERED"), tooLong);
        assertEquals("REGISTERED", transfer(scene, MTOM, request, Map.of("file@test", () -> pdf(1000))).value("result"));
    }

    private static String raw(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(Server.base().getHost(), Server.base().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException e) {
            return "";
        }
    }
}
