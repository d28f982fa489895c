package org.kopuro.exchange.soap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.documents.NoRoom;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.evidence.Exchanged;
import org.kopuro.kernel.Refusal;

/** A message arrives with files beside it, at an endpoint that takes some. */
class ReceivingAttachmentsTest {

    private static final long MEGABYTE = 1024L * 1024;
    private static final AttachmentLimit TWO_OF_HUNDRED = new AttachmentLimit(2, 100);
    private static final AttachmentLimit TWO_OF_ONE = new AttachmentLimit(2, 1);
    private static final String XOP = "Content-Type: application/xop+xml; charset=UTF-8; type=\"text/xml\"\r\nContent-ID: <root>\r\n";
    private static final String ROOT = "--b\r\n" + XOP + "\r\n" + including("cid:a") + "\r\n";

    @AfterEach
    void nothingRemainsOnTheDisk() throws IOException {
        assertEquals(List.of(), openFiles());
    }

    /** Everything that this process has open: a file without a name is found here and nowhere else. */
    private static List<String> openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(ReceivingAttachmentsTest::target).filter(name -> name.contains("kopuro-document")).toList();
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String including(String... addresses) {
        StringBuilder text = new StringBuilder("<a xmlns=\"urn:a\" xmlns:xop=\"http://www.w3.org/2004/08/xop/include\">");
        for (String address : addresses) {
            text.append("<file><xop:Include href=\"").append(address).append("\"/></file>");
        }
        return text.append("</a>").toString();
    }

    private static String part(String id, String content) {
        return "--b\r\nContent-Type: application/octet-stream\r\nContent-ID: <" + id + ">\r\n\r\n" + content + "\r\n";
    }

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HttpMessage message(InputStream body) throws IOException {
        return message(body, "multipart/related; type=\"application/xop+xml\"; start=\"<root>\"; start-info=\"text/xml\"; boundary=\"b\"");
    }

    private static HttpMessage message(InputStream body, String contentType) throws IOException {
        ServletInputStream stream = new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return body.read();
            }

            @Override
            public int read(byte[] target, int from, int most) throws IOException {
                return body.read(target, from, most);
            }

            @Override
            public boolean isFinished() {
                return false;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        };
        Map<String, Object> answers = Map.of("getMethod", "POST", "getInputStream", stream, "getContentType", contentType);
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(HttpServletRequest.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answers.get(method.getName()));
        return HttpMessage.of(request, new Taking());
    }

    private static Attachments received(String body, AttachmentLimit limit) throws IOException {
        HttpMessage message = message(octets(body));
        message.received();
        return message.attachments(limit);
    }

    private static void requireReferences(String body) throws IOException {
        HttpMessage message = message(octets(body));
        Received received = message.received();
        try (Attachments attachments = message.attachments(TWO_OF_ONE)) {
            attachments.requireReferences(received.document().getDocumentElement(), new Taking());
        }
    }

    @Test
    void aHundredMegabytesGoToTheDiskAndNotThroughTheHeap() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        InputStream body = new SequenceInputStream(octets(ROOT + part("a", "").replaceFirst("\r\n$", "")), new SequenceInputStream(new Pattern(100 * MEGABYTE), octets("\r\n--b--\r\n")));
        HttpMessage message = message(body);
        message.received();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (Attachments attachments = message.attachments(TWO_OF_HUNDRED); InputStream stored = attachments.find("a").orElseThrow().octets()) {
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 8 * MEGABYTE, () -> allocated + " octets were allocated for a file of a hundred megabytes");
            assertEquals(100 * MEGABYTE, attachments.described().get(0).octets());
            assertEquals(new Pattern(100 * MEGABYTE).sha256(), attachments.described().get(0).sha256());
            assertArrayEquals(new Pattern(1000).readAllBytes(), stored.readNBytes(1000));
            assertEquals(1, openFiles().size());
        }
    }

    @Test
    void aMessageWithNothingBesideItHasAnyLengthUpToItsLimit() throws IOException {
        for (int length : new int[] {8191, 8192, 8193, 100_000, HttpMessage.SOAP_OCTETS_MAX}) {
            String text = "<a>" + "x".repeat(length - 7) + "</a>";
            assertEquals(length, message(octets(text), "text/xml").received().message().octets().length);
        }
        for (int length : new int[] {HttpMessage.SOAP_OCTETS_MAX + 1, HttpMessage.REQUEST_OCTETS_MAX + 1}) {
            assertEquals(MessageRefusal.MESSAGE_TOO_LARGE, assertThrows(Refusal.class, () -> message(octets("x".repeat(length)), "text/xml").received()).code());
        }
    }

    @Test
    void partsComeInAnyOrderAndInAnyTransferEncoding() throws IOException {
        String message = "--b\r\n" + XOP + "\r\n" + including("cid:a", "cid:b%2Bc") + "\r\n" + part("b+c", "plain\r\n--bb\r\n-")
                + "--b\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\nContent-Type: application/pdf\r\n\r\n" + Base64.getMimeEncoder().encodeToString(new byte[200]) + "\r\n--b--\r\n";
        requireReferences(message);
        try (Attachments attachments = received(message, TWO_OF_ONE)) {
            assertEquals(List.of(new Exchanged.Attached("b+c", "application/octet-stream", 14, sha256("plain\r\n--bb\r\n-".getBytes(StandardCharsets.US_ASCII))),
                    new Exchanged.Attached("a", "application/pdf", 200, sha256(new byte[200]))), attachments.described());
        }
    }

    static Stream<Arguments> hostile() {
        String end = "--b--\r\n";
        return Stream.of(
                Arguments.of("a hundred parts", ROOT + part("a", "a") + part("x", "x").repeat(100) + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("three parts where two are taken", ROOT + part("a", "a") + part("c", "c") + part("d", "d") + end, MessageRefusal.ATTACHMENTS_TOO_MANY),
                Arguments.of("a header field of a megabyte", ROOT + "--b\r\nContent-Type: text/plain\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\na\r\n" + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("a folded header field of a megabyte", ROOT + "--b\r\nContent-Type: text/plain\r\nX: x" + "\r\n x".repeat(1 << 18) + "\r\n\r\na\r\n" + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("a thousand header fields", ROOT + "--b\r\nContent-Type: text/plain\r\n" + "X: x\r\n".repeat(1000) + "\r\na\r\n" + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("a multipart inside", ROOT + "--b\r\nContent-Type: multipart/mixed; boundary=c\r\nContent-ID: <a>\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\na\r\n--c--\r\n" + end,
                        MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("one content id twice", ROOT + part("a", "a") + part("a", "b") + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("two content ids of one part", ROOT + part("a", "a").replace("Content-ID: <a>", "Content-ID: <a>\r\nContent-ID: <c>") + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("a content id with a null", ROOT + part("a\0", "a") + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("no content id", ROOT + "--b\r\nContent-Type: text/plain\r\n\r\na\r\n" + end, MessageRefusal.ATTACHMENT_NOT_COVERED),
                Arguments.of("no content type", ROOT + "--b\r\nContent-ID: <a>\r\n\r\na\r\n" + end, MessageRefusal.INVALID_CONTENT_TYPE),
                Arguments.of("cut off in a part", ROOT + part("a", "a"), MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("cut off in a header", ROOT + "--b\r\nContent-Type: text/pl", MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("what is no base 64", ROOT + "--b\r\nContent-Type: text/plain\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj====YWJj\r\n" + end, MessageRefusal.MIME_PARSING_FAILED),
                Arguments.of("two megabytes and an octet where one is taken", ROOT + part("a", "a".repeat((2 << 20) + 1)) + end, MessageRefusal.MESSAGE_TOO_LARGE),
                Arguments.of("twenty megabytes of preamble", "x\r\n".repeat(7 << 20) + ROOT + end, MessageRefusal.MESSAGE_TOO_LARGE),
                Arguments.of("no part at all", "--b--\r\n", MessageRefusal.MISSING_SOAP),
                Arguments.of("no document in the first part", "--b\r\n" + XOP + "\r\n\r\n" + part("a", "a") + end, MessageRefusal.MISSING_SOAP));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefused(String what, String body, MessageRefusal code) {
        assertEquals(code, assertThrows(Refusal.class, () -> received(body, TWO_OF_ONE).close()).code());
    }

    /** A refusal of the rest goes before one of the beginning, and nothing of the rest is stored. */
    @Test
    void aMalformedRestGoesFirst() throws IOException {
        Refusal unsigned = Refusal.of(MessageRefusal.MISSING_HEADER, "soap:Header");
        HttpMessage cut = message(octets(ROOT + part("a", "a")));
        cut.received();
        assertEquals(MessageRefusal.MIME_PARSING_FAILED, cut.afterAll(unsigned).code());
        HttpMessage whole = message(octets(ROOT + part("a", "a".repeat(9 << 20)) + "--b--\r\n"));
        whole.received();
        assertEquals(MessageRefusal.MISSING_HEADER, whole.afterAll(unsigned).code());
    }

    @Test
    void whatIsReferredToMustHaveComeAndWhatCameMustBeReferredTo() throws IOException {
        String file = part("a", "a") + "--b--\r\n";
        requireReferences(ROOT + file);
        requireReferences(ROOT.replace("<file><xop:Include href=\"cid:a\"/></file>", "<reference>cid:a</reference>") + file);
        for (String elsewhere : Set.of("cid:nowhere", "http://127.0.0.1/", "a", "", "CID:a", " cid:a")) {
            assertEquals(MessageRefusal.REQUEST_STRUCTURE_INVALID, assertThrows(Refusal.class, () -> requireReferences(ROOT.replace("cid:a", elsewhere) + file)).code(), elsewhere);
            assertEquals(MessageRefusal.REQUEST_STRUCTURE_INVALID, assertThrows(Refusal.class, () -> requireReferences(
                    ROOT.replace("<file><xop:Include href=\"cid:a\"/></file>", "<reference>" + elsewhere + "</reference>") + file)).code(), elsewhere);
        }
        assertEquals(MessageRefusal.ATTACHMENT_NOT_COVERED, assertThrows(Refusal.class, () -> requireReferences(ROOT + part("other", "b") + file)).code());
        assertEquals(MessageRefusal.ATTACHMENT_NOT_COVERED, assertThrows(Refusal.class,
                () -> requireReferences(ROOT.replace("<file><xop:Include href=\"cid:a\"/></file>", "<elsewhere>cid:a</elsewhere>") + file)).code());
    }

    @Test
    void aConnectionThatBreaksIsNoRefusalAndLeavesNothing() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset by peer");
            }
        };
        HttpMessage message = message(new SequenceInputStream(octets(ROOT + part("a", "a".repeat(100_000)).replaceFirst("\r\n$", "")), broken));
        message.received();
        assertEquals("reset by peer", assertThrows(IOException.class, () -> message.attachments(TWO_OF_ONE)).getMessage());
    }

    @Test
    void aNodeWithoutRoomIsAnOutage() throws IOException {
        String folder = System.setProperty("java.io.tmpdir", "/nowhere");
        try {
            NoRoom outage = assertThrows(NoRoom.class, () -> received(ROOT + part("a", "a") + "--b--\r\n", TWO_OF_ONE));
            assertEquals(org.kopuro.exchange.edge.Failure.TEMPORARILY_UNAVAILABLE, org.kopuro.exchange.edge.Failure.of(new IllegalStateException(outage)));
        } finally {
            System.setProperty("java.io.tmpdir", folder);
        }
    }

    private static String sha256(byte[] octets) {
        return HexFormat.of().formatHex(AttachedFile.sha256().digest(octets));
    }

    /** So many octets that do not repeat every power of two. */
    private static final class Pattern extends InputStream {

        private long left;
        private int next;

        Pattern(long octets) {
            left = octets;
        }

        String sha256() throws IOException {
            java.security.MessageDigest digest = AttachedFile.sha256();
            byte[] buffer = new byte[64 * 1024];
            for (int length; (length = read(buffer, 0, buffer.length)) >= 0;) {
                digest.update(buffer, 0, length);
            }
            return HexFormat.of().formatHex(digest.digest());
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            next = next == 250 ? 0 : next + 1;
            return next;
        }

        @Override
        public int read(byte[] target, int from, int most) {
            int length = (int) Math.min(most, left);
            for (int i = 0; i < length; i++) {
                target[from + i] = (byte) read();
            }
            return length == 0 && most > 0 ? -1 : length;
        }
    }

    private static final class Taking implements SoapEndpoint {

        @Override
        public String address() {
            return "/a/v1";
        }

        @Override
        public String namespace() {
            return "urn:a";
        }

        @Override
        public Set<String> serviceCodes() {
            return Set.of("a");
        }

        @Override
        public Set<String> majorVersions() {
            return Set.of("v1");
        }

        @Override
        public Optional<String> versionForApplicants() {
            return Optional.empty();
        }

        @Override
        public boolean takesAttachments() {
            return true;
        }

        @Override
        public Set<String> swaReferences() {
            return Set.of("reference");
        }
    }
}
