package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;

/** An answer that stands beside a file, taken apart by hand. It lies on the disk until it is closed: a test that watches the server's heap does not fill its own. */
record MultipartAnswer(SoapAnswer soap, String contentType, String rootHead, String fileHead, String ledgerEntry, long octets, String sha256) {

    private static final int HEAD_MAX = 64 * 1024;
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Sends a body as it is made. */
    static <T> HttpResponse<T> send(String path, String contentType, Supplier<InputStream> body, HttpResponse.BodyHandler<T> handler) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(Server.base().resolve(path)).timeout(Duration.ofMinutes(2)).header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofInputStream(body)).build(), handler);
    }

    static MultipartAnswer to(String path, String contentType, Supplier<InputStream> body) throws IOException, InterruptedException {
        Path whole = Files.createTempFile("answer", ".mime");
        try {
            HttpResponse<Path> response = send(path, contentType, body, HttpResponse.BodyHandlers.ofFile(whole));
            assertEquals(200, response.statusCode());
            String type = response.headers().firstValue("Content-Type").orElse("");
            assertTrue(type.startsWith("multipart/related"), () -> type + ": " + read(whole));
            return of(whole, type, response.headers().firstValue("Kopuro-Ledger-Entry").orElse(""));
        } finally {
            Files.delete(whole);
        }
    }

    private static String read(Path whole) {
        try (InputStream in = Files.newInputStream(whole)) {
            return new String(in.readNBytes(HEAD_MAX), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static MultipartAnswer of(Path whole, String type, String ledgerEntry) throws IOException {
        String boundary = type.replaceAll(".*boundary=\"(.*)\"", "$1");
        byte[] beginning;
        try (InputStream in = Files.newInputStream(whole)) {
            beginning = in.readNBytes(HEAD_MAX);
        }
        // One octet a character: positions in the text are positions in the file.
        String text = new String(beginning, StandardCharsets.ISO_8859_1);
        int root = text.indexOf("\r\n\r\n") + 4;
        int rootEnd = text.indexOf("\r\n--" + boundary, root);
        int file = text.indexOf("\r\n\r\n", rootEnd) + 4;
        SoapAnswer soap = SoapAnswer.of(new Server.Response(200, "text/xml;charset=UTF-8", ledgerEntry, Arrays.copyOfRange(beginning, root, rootEnd)));
        String end = "\r\n--" + boundary + "--\r\n";
        long octets = Files.size(whole) - file - end.length();
        try (InputStream in = Files.newInputStream(whole)) {
            in.skipNBytes(file);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            InputStream content = new DigestInputStream(in, digest);
            byte[] buffer = new byte[HEAD_MAX];
            for (long left = octets; left > 0;) {
                int length = content.read(buffer, 0, (int) Math.min(left, buffer.length));
                assertTrue(length > 0);
                left -= length;
            }
            assertEquals(end, new String(in.readAllBytes(), StandardCharsets.US_ASCII));
            return new MultipartAnswer(soap, type, text.substring(0, root), text.substring(rootEnd, file), ledgerEntry, octets, HexFormat.of().formatHex(digest.digest()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
