package org.kopuro.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Our Security Server with another agency's service behind it, as far as a consumer sees them: a real HTTP or HTTPS server on a port of its own that answers as it
 * was told to, one reply after another, and keeps what it was asked. With HTTPS it takes one client certificate and no other: like a Security Server it lets everybody
 * connect, and refuses who has not that one by a Fault.
 */
public final class ProviderSimulator implements AutoCloseable {

    public static final char[] PASSWORD = "test-only".toCharArray();

    private static final Pattern HEADER = Pattern.compile("<soap:Header>.*</soap:Header>", Pattern.DOTALL);
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    /** What came in. */
    public record Asked(String message, Map<String, List<String>> headers, Optional<X509Certificate> by) {

        /** The text of an element. */
        public String text(String name) {
            Matcher found = Pattern.compile("<(?:\\w+:)?" + name + "(?: [^>]*)?>([^<]*)<").matcher(message);
            return found.find() ? found.group(1) : "";
        }
    }

    /** What to do with a question. */
    public interface Reply {
        void to(Asked asked, HttpExchange http) throws IOException;
    }

    private final HttpServer server;
    private final Optional<X509Certificate> registered;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Reply usual = fault("Server.ServerProxy.UnknownService");

    private ProviderSimulator(HttpServer server, Optional<X509Certificate> registered) {
        this.server = server;
        this.registered = registered;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static ProviderSimulator http() {
        try {
            return new ProviderSimulator(HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param client whose certificate is registered */
    public static ProviderSimulator https(TestCertificates.Identity own, TestCertificates.Identity client) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store(own), PASSWORD);
            context.init(keys.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
            HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            https.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = context.getDefaultSSLParameters();
                    wanted.setWantClientAuth(true);
                    parameters.setSSLParameters(wanted);
                }
            });
            return new ProviderSimulator(https, Optional.of(client.certificate()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String address() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** From now on, where nothing else was asked for. */
    public ProviderSimulator usually(Reply reply) {
        usual = reply;
        return this;
    }

    /** To the next question that no reply waits for yet. */
    public ProviderSimulator then(Reply reply) {
        replies.add(reply);
        return this;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The asker's header, and this in the Body. */
    public static Reply answer(String body) {
        return answer(body, header -> header);
    }

    /** @param altered what becomes of the asker's header */
    public static Reply answer(String body, UnaryOperator<String> altered) {
        return (question, http) -> {
            Matcher header = HEADER.matcher(question.message());
            send(http, 200, "text/xml; charset=UTF-8", envelope(altered.apply(header.find() ? header.group() : ""), body));
        };
    }

    /** As a Security Server writes it: status 200, no X-Road header. */
    public static Reply fault(String code) {
        return (question, http) -> send(http, 200, "text/xml; charset=UTF-8", envelope("", "<soap:Fault><faultcode>" + code + "</faultcode><faultstring>As it happens, about 03002202000001."
                + "</faultstring><detail><faultDetail>6f0d7c1e-3b0a-4d0e-9c55-2a8f6f1b7a10</faultDetail></detail></soap:Fault>"));
    }

    public static Reply octets(int status, String type, String text) {
        return (question, http) -> send(http, status, type, text);
    }

    /** The connection ends where the answer should begin. */
    public static Reply hangUp() {
        return (question, http) -> http.close();
    }

    /** The head of an answer, some of its body, and then nothing for a while. */
    public static Reply stall(long millis) {
        return (question, http) -> {
            http.getResponseHeaders().add("Content-Type", "text/xml");
            http.sendResponseHeaders(200, 1000);
            http.getResponseBody().write("<soap".getBytes(StandardCharsets.UTF_8));
            http.getResponseBody().flush();
            sleep(millis);
            http.close();
        };
    }

    public static Reply silence(long millis) {
        return (question, http) -> {
            sleep(millis);
            http.close();
        };
    }

    public static String envelope(String header, String body) {
        return "<?xml version=\"1.0\"?><soap:Envelope xmlns:soap=\"" + SOAP + "\" xmlns:xrd=\"http://x-road.eu/xsd/xroad.xsd\" xmlns:id=\"http://x-road.eu/xsd/identifiers\">"
                + header + "<soap:Body>" + body + "</soap:Body></soap:Envelope>";
    }

    /** A PKCS #12 file of the identity, with {@link #PASSWORD}. */
    public static Path keyStore(Path folder, String name, TestCertificates.Identity identity) {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store(identity).store(out, PASSWORD);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path pem(Path folder, String name, TestCertificates.Identity identity) {
        try {
            return Files.writeString(folder.resolve(name), "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(identity.der())
                    + "\n-----END CERTIFICATE-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore store(TestCertificates.Identity identity) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", identity.keys().getPrivate(), PASSWORD, new Certificate[] {identity.certificate()});
        return store;
    }

    private void handle(HttpExchange http) throws IOException {
        Optional<X509Certificate> by = http instanceof HttpsExchange https ? shown(https) : Optional.empty();
        Asked question = new Asked(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), Map.copyOf(http.getRequestHeaders()), by);
        if (!by.equals(registered)) {
            fault("Server.ClientProxy.SslAuthenticationFailed").to(question, http);
            http.close();
            return;
        }
        asked.add(question);
        Reply reply = replies.poll();
        (reply == null ? usual : reply).to(question, http);
        http.close();
    }

    private static Optional<X509Certificate> shown(HttpsExchange https) {
        try {
            return Optional.of((X509Certificate) https.getSSLSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private static void send(HttpExchange http, int status, String type, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().add("Content-Type", type);
        http.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        http.getResponseBody().write(octets);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Who may ask is decided when the question is read. */
    private static final class AnyClient implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Any.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("We are the server.");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
