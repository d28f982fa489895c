package org.kopuro.client;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.w3c.dom.Document;

/** The command behind {@code bin/call}: one signed call, its answer verified and printed. */
public final class Call {

    private static final int ANSWERED = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USE_OR_UNREACHABLE = 2;
    private static final int NOT_VERIFIABLE = 3;

    private static final Set<String> OPTIONS = Set.of("inn", "token", "from", "to", "url", "key", "cert", "server-cert", "client", "provider",
            "retry", "timeout", "memory");
    private static final int RETRIES_MAX = 4;
    private static final int TIMEOUT_SECONDS = 60;
    private static final int TIMEOUT_SECONDS_MAX = 600;
    /** What stands between us and the server says so when the server is away; the server itself answers with 200 and 500 only. */
    private static final Set<Integer> OUTAGES = Set.of(429, 502, 503, 504);
    /** The only refusal that time cures by itself, in both of its spellings. */
    private static final Set<String> TEMPORARY = Set.of("Server.Kopuro.TemporarilyUnavailable", "server.kopuro.temporarily_unavailable");
    private static final String USAGE = """
            usage: bin/call SERVICE --inn N [--token T] [--from DAY-OR-MONTH --to DAY-OR-MONTH] [options]
              SERVICE        tpDataByINN, tpDataByINNforBusinessActivity, taxpayerDataByInn,
                             TPpaymentDateByInn (--from, --to: yyyy-MM-dd), incomeStatement, headcount (yyyy-MM)
              --token        the taxpayer's permission; without it only what needs none is answered
              --url          default http://127.0.0.1:8080/soap/tax/v1, or the port in KOPURO_HTTP_PORT
              --key, --cert  who signs; default app/key.pem and app/cert.pem in the demo folder
              --server-cert  whose signature the answer must have; default server/cert.pem there,
                             server/cert-ec.pem when the key is of an elliptic curve
              --client       who calls: instance/class/member/subsystem
              --provider     who is called, in the same form
              --retry        how often a call is repeated, signed anew, after an outage: 0 to 4, default 0
              --timeout      seconds to wait for an answer, default 60
              --memory       a file that remembers tokens that have ended, by their digest: they are not sent again
            The demo folder is var/demo, or demo in the folder that KOPURO_VAR names.
            exit code: 0 answered, 1 refused, 2 wrong use or unreachable, 3 the answer cannot be verified""";

    private final Map<String, String> options;
    private final Map<String, String> environment;
    private final Path root;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    private Call(Map<String, String> options, Map<String, String> environment, Path root, Clock clock, PrintStream out, PrintStream err) {
        this.options = options;
        this.environment = environment;
        this.root = root;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        // Names are Cyrillic, whatever this machine's locale.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(arguments, System.getenv(), Path.of(System.getProperty("kopuro.root", ".")), Clock.systemUTC(), out, err));
    }

    static int run(String[] arguments, Map<String, String> environment, Path root, Clock clock, PrintStream out, PrintStream err) {
        try {
            Call call = new Call(options(arguments), environment, root, clock, out, err);
            return call.send(call.question(arguments[0]));
        } catch (WrongUse e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return WRONG_USE_OR_UNREACHABLE;
        }
    }

    private int send(Question question) throws WrongUse {
        URI url = url();
        int retries = number("retry", 0, RETRIES_MAX);
        Duration timeout = Duration.ofSeconds(Math.max(1, number("timeout", TIMEOUT_SECONDS, TIMEOUT_SECONDS_MAX)));
        Optional<EndedTokens> memory = option("memory").map(file -> new EndedTokens(Path.of(file)));
        X509Certificate server;
        Signer signer;
        Optional<String> ended = Optional.empty();
        try {
            Path demo = demo();
            X509Certificate certificate = Pem.certificate(file("cert", demo.resolve("app/cert.pem")));
            signer = new Signer(Pem.key(file("key", demo.resolve("app/key.pem")), certificate), certificate, clock);
            boolean elliptic = certificate.getPublicKey().getAlgorithm().equals("EC");
            server = Pem.certificate(file("server-cert", demo.resolve(elliptic ? "server/cert-ec.pem" : "server/cert.pem")));
            if (memory.isPresent() && question.token().isPresent()) {
                ended = memory.get().find(question.token().get());
            }
        } catch (IOException e) {
            throw new WrongUse("A key, a certificate or the memory cannot be read: " + e.getMessage() + ". Is the demo loaded (bin/run)?");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new WrongUse("A key or certificate is not what its name says: unencrypted PKCS#8 and X.509 in PEM are needed, of one pair.");
        }
        if (ended.isPresent()) {
            err.println("refused: " + ended.get());
            err.println("why: this token was refused for good before; it is not sent any more");
            return REFUSED;
        }
        HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        try {
            for (int attempt = 0; ; attempt++) {
                // Signed anew each time: the same signed message is accepted once.
                Document message = question.message();
                signer.sign(message);
                boolean last = attempt == retries;
                try {
                    HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(url).timeout(timeout).header("Content-Type", "text/xml; charset=UTF-8")
                            .header("SOAPAction", "\"\"").POST(BodyPublishers.ofByteArray(Xml.write(message, false))).build(), BodyHandlers.ofByteArray());
                    if (OUTAGES.contains(response.statusCode())) {
                        throw new IOException("HTTP " + response.statusCode());
                    }
                    Answer answer = Answer.verified(response.body(), message, server, clock);
                    if (last || answer.refusal().filter(TEMPORARY::contains).isEmpty()) {
                        return told(answer, question, memory);
                    }
                } catch (IOException e) {
                    if (last) {
                        err.println("The server does not answer at " + url + ": is it running (bin/run)?");
                        return WRONG_USE_OR_UNREACHABLE;
                    }
                }
                // One second, two, four, eight: who is overloaded is not helped by being asked again at once.
                Thread.sleep(1000L << attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return WRONG_USE_OR_UNREACHABLE;
        } catch (GeneralSecurityException e) {
            throw new WrongUse("The key does not sign: " + e.getMessage() + ".");
        } catch (NotVerifiable e) {
            err.println("The answer is thrown away, because " + e.getMessage() + ".");
            return NOT_VERIFIABLE;
        }
    }

    private int told(Answer answer, Question question, Optional<EndedTokens> memory) throws WrongUse {
        Optional<String> refusal = answer.refusal();
        if (memory.isPresent() && question.token().isPresent() && answer.signed() && refusal.filter(EndedTokens.FOR_GOOD::contains).isPresent()) {
            try {
                memory.get().remember(question.token().get(), refusal.get());
            } catch (IOException e) {
                throw new WrongUse("The memory cannot be written: " + e.getMessage() + ".");
            }
        }
        return new Told(refusal.isEmpty() ? out : err, Locale.getDefault()).tell(answer) ? ANSWERED : REFUSED;
    }

    private int number(String name, int byDefault, int max) throws WrongUse {
        String text = option(name).orElse(Integer.toString(byDefault));
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > max) {
            throw new WrongUse("--" + name + " is a whole number from 0 to " + max + ".");
        }
        return Integer.parseInt(text);
    }

    private Question question(String service) throws WrongUse {
        if (!service.matches("[A-Za-z][A-Za-z0-9]{0,63}")) {
            throw new WrongUse("The first argument is the name of a service.");
        }
        return new Question(identifier("client", Identifier.DEMO_BANK), identifier("provider", Identifier.TAX_AUTHORITY), service,
                UUID.randomUUID().toString(), option("inn").orElseThrow(() -> new WrongUse("--inn is missing.")), option("from"), option("to"),
                option("token").filter(token -> !token.isBlank())).upTo(YearMonth.now(clock).minusMonths(1));
    }

    private Identifier identifier(String name, Identifier byDefault) throws WrongUse {
        try {
            return option(name).map(Identifier::of).orElse(byDefault);
        } catch (IllegalArgumentException e) {
            throw new WrongUse("--" + name + ": " + e.getMessage() + ".");
        }
    }

    private URI url() throws WrongUse {
        String port = Optional.ofNullable(environment.get("KOPURO_HTTP_PORT")).filter(text -> !text.isBlank()).orElse("8080");
        try {
            URI url = URI.create(option("url").orElse("http://127.0.0.1:" + port + "/soap/tax/v1"));
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Told below together with addresses of another kind.
        }
        throw new WrongUse("--url is an address that begins with http:// or https://.");
    }

    private Path demo() {
        String folder = Optional.ofNullable(environment.get("KOPURO_VAR")).filter(text -> !text.isBlank()).orElse("var");
        return root.resolve(folder).normalize().resolve("demo");
    }

    private Path file(String name, Path byDefault) {
        return option(name).map(Path::of).orElse(byDefault);
    }

    private Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    private static Map<String, String> options(String[] arguments) throws WrongUse {
        if (arguments.length == 0) {
            throw new WrongUse("No service is named.");
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            // The argument itself is not repeated: a misplaced one may be the token.
            if (!OPTIONS.contains(name)) {
                throw new WrongUse("Argument " + (i + 1) + " is not an option that is known.");
            }
            if (i + 1 == arguments.length || options.put(name, arguments[i + 1]) != null) {
                throw new WrongUse("--" + name + " needs one value and is given once.");
            }
        }
        return options;
    }
}
