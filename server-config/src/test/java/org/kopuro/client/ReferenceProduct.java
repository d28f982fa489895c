package org.kopuro.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;

/** bin/call inside this process, and its parts for products that do something wrong. */
public final class ReferenceProduct {

    private ReferenceProduct() {
    }

    /** The exit code. */
    public static int call(Map<String, String> values, Path keys, String... more) {
        List<String> words = new ArrayList<>(List.of(values.get("service"), "--inn", values.get("inn"), "--token", values.get("token"), "--url", values.get("url"),
                "--server-cert", values.get("server-cert"), "--key", keys.resolve("key.pem").toString(), "--cert", keys.resolve("cert.pem").toString()));
        words.addAll(Arrays.asList(more));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return Call.run(words.toArray(String[]::new), Map.of(), keys, Clock.systemUTC(), nowhere, nowhere);
    }

    /** A message of the given id; signed in all its parts, in the Body only, or not. */
    public static byte[] message(Map<String, String> values, String id, Path keys, boolean parts, boolean signed) throws IOException, GeneralSecurityException {
        Document document = new Question(Identifier.DEMO_BANK, Identifier.TAX_AUTHORITY, values.get("service"), id, values.get("inn"), Optional.empty(), Optional.empty(),
                Optional.of(values.get("token")).filter(token -> !token.isEmpty())).upTo(YearMonth.of(2026, 1)).message();
        var certificate = Pem.certificate(keys.resolve("cert.pem"));
        Signer signer = new Signer(Pem.key(keys.resolve("key.pem"), certificate), certificate, Clock.systemUTC());
        if (signed && parts) {
            signer.sign(document);
        } else if (signed) {
            signer.sign(document, List.of());
        }
        return Xml.write(document, false);
    }

    /** Sends it, and believes whatever comes back. */
    public static HttpResponse<byte[]> send(String url, byte[] message, HttpClient.Redirect redirect) throws IOException, InterruptedException {
        return HttpClient.newBuilder().followRedirects(redirect).build().send(HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "text/xml; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(message)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
