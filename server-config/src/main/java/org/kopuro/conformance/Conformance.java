package org.kopuro.conformance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.client.Identifier;
import org.kopuro.client.Pem;
import org.kopuro.consent.TokenText;
import org.kopuro.kernel.Contour;
import org.kopuro.verify.Arguments;
import org.kopuro.verify.Told;
import org.kopuro.verify.WrongUse;

/** The command behind {@code bin/conformance}. */
public final class Conformance {

    private static final int PASSED = 0;
    private static final int NOT_PASSED = 1;
    private static final int WRONG_USE = 2;
    private static final long LIMIT_SECONDS = 120;
    private static final long LIMIT_SECONDS_MAX = 600;
    private static final int TOKEN_FILE_LENGTH_MAX = 1024;
    private static final List<String> SERVICES = List.of("tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount");

    private static final String USAGE = """
            usage: bin/conformance --product COMMAND [options]
                   bin/conformance --list                what is played and demanded
              --product      how your product makes one call, as one argument; filled in without a shell:
                             {service} {inn} {token} {url} {server-cert}. {token} may be empty. Exit code: 0 answered, 1 refused
              --protocol     by which it calls: SOAP (default) or REST, which is a run of its own
              --service      that your product calls; may be repeated; default: all six
              --inn          of a virtual taxpayer in TEST
              --token-file   the token that this taxpayer made for your subsystem in TEST
              --client       your subsystem: instance/class/member/subsystem
              --key, --cert  its key (PKCS#8) and certificate of TEST in PEM: the product signs with them, and so is the report;
                             with --cert alone the report is left unsigned, for a key that stays in a device
              --url          the tax services of TEST; default http://127.0.0.1:8080/soap/tax/v1, or the port in KOPURO_HTTP_PORT;
                             by REST their provider, http://127.0.0.1:8080/r1/central-server/GOV/70000002/gns-service: {url} ends likewise
              --catalogue    TEST's catalogue of services; default /api/v1/services beside --url
              --tls          by REST: your product shows itself by its connections, and signs nothing; {url} begins with https://, and
                             {tls-cert}, played-tls-cert.pem in --folder, is whom to trust there
              --tls-key, --tls-cert  which it shows, and the run shows TEST; default --key and --cert
              --tls-trust    PEM: who TEST is on such connections; default: whom Java trusts
              --server-cert  PEM: whose signature answers of TEST have
              --folder       for the keys of the run and the report; default conformance in the folder that KOPURO_VAR names (var)
              --listen       the port on 127.0.0.1 that {url} names; default: any
              --limit        seconds in which the product ends by itself, default 120
              --output       a file to which is added what the product says; it may hold tokens and data
              --only         the id of a scenario, may be repeated: tries it out, writes no report
            Without --inn, --token-file, --client, --key, --cert and --server-cert: those of the demo.
            exit code: 0 passed, 1 not passed, 2 wrong use""";

    private final Arguments arguments;
    private final Map<String, String> environment;
    private final Path root;
    private final Clock clock;
    private final Told out;

    private Conformance(Arguments arguments, Map<String, String> environment, Path root, Clock clock, Told out) {
        this.arguments = arguments;
        this.environment = environment;
        this.root = root;
        this.clock = clock;
        this.out = out;
    }

    public static void main(String[] words) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(List.of(words), System.getenv(), Path.of(System.getProperty("kopuro.root", ".")), Clock.systemUTC(), out, err));
    }

    static int run(List<String> words, Map<String, String> environment, Path root, Clock clock, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.of(words, Set.of("product", "protocol", "service", "inn", "token-file", "client", "key", "cert", "tls-key", "tls-cert", "tls-trust", "url", "catalogue", "server-cert", "folder", "listen",
                    "limit", "output", "only"), Set.of("service", "only"), Set.of("list", "tls"));
            if (!arguments.named().isEmpty()) {
                throw new WrongUse("bin/conformance takes options only; --product is one argument.");
            }
            Conformance conformance = new Conformance(arguments, environment, root, clock, new Told(out));
            return arguments.has("list") ? conformance.list() : conformance.play();
        } catch (WrongUse | InvalidPathException e) {
            new Told(err).line(e.getMessage());
            if (words.isEmpty()) {
                err.println(USAGE);
            }
            return WRONG_USE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return WRONG_USE;
        }
    }

    private int list() {
        for (Scenario scenario : Scenario.values()) {
            out.line(scenario.id() + "  " + scenario.demand());
            out.line("         judged by: " + scenario.judgedBy());
            out.line("         source: " + scenario.source());
        }
        return PASSED;
    }

    private int play() throws WrongUse, InterruptedException {
        Product product = ProductCommand.of(needed("product"), Duration.ofSeconds(number("limit", LIMIT_SECONDS, 1, LIMIT_SECONDS_MAX)),
                arguments.one("output").map(Path::of));
        Set<Scenario> wanted = wanted();
        Identifier client = client();
        MessageProtocol protocol = protocol();
        if (arguments.has("tls") && (protocol == MessageProtocol.SOAP || !url(protocol).getScheme().equals("https"))) {
            throw new WrongUse("--tls is for --protocol REST, with a --url that begins with https://.");
        }
        try {
            Path folder = Files.createDirectories(arguments.one("folder").map(Path::of).orElse(variable().resolve("conformance"))).toAbsolutePath();
            X509Certificate certificate = Pem.certificate(file("cert", "app/cert.pem"));
            String algorithm = certificate.getPublicKey().getAlgorithm();
            Optional<PrivateKey> key = arguments.has("cert") && !arguments.has("key") ? Optional.empty() : Optional.of(Pem.key(file("key", "app/key.pem"), certificate));
            if (key.isPresent()) {
                requirePair(key.get(), certificate);
            }
            Path testCertificate = file("server-cert", algorithm.equals("EC") ? "server/cert-ec.pem" : "server/cert.pem").toAbsolutePath();
            URI url = url(protocol);
            X509Certificate server = Pem.certificate(testCertificate);
            Optional<Tls> tls = protocol == MessageProtocol.REST && arguments.has("tls") ? Optional.of(tls(folder)) : Optional.empty();
            TestEndpoint test = new TestEndpoint(url, protocol == MessageProtocol.SOAP ? new SoapWire(url, server, clock)
                    : new RestWire(url, tls.map(Tls::certificate), server, clock), tls.isPresent() ? Optional.of(tls.get().calling()) : Optional.empty());
            PlayedAnswers answers = PlayedAnswers.by(protocol, OwnKeys.in(folder, algorithm, clock), OwnKeys.made(algorithm, clock), clock);
            Setting setting = new Setting(services(), takingTokens(wanted, url), arguments.one("inn").orElse("23002199000001"), token(), testCertificate, OwnKeys.certificateFile(folder, algorithm),
                    tls.map(each -> OwnKeys.connectionCertificateFile(folder)));
            try (Stage stage = new Stage((int) number("listen", 0, 0, 65_535), test, answers, client, certificate, clock,
                    tls.isPresent() ? Optional.of(tls.get().serving()) : Optional.empty())) {
                ConformanceReport report = new Run(stage, product, answers, setting, clock, out).play(wanted, client.toString(), version(), test.address().toString());
                if (wanted.size() == Scenario.values().length) {
                    write(folder, report, key, certificate);
                }
                return report.passed() ? PASSED : NOT_PASSED;
            }
        } catch (IOException e) {
            throw new WrongUse("A key, a certificate, a token or the folder cannot be used: " + e.getMessage() + ".");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new WrongUse("A key or certificate is not what its name says: unencrypted PKCS#8 and X.509 in PEM are needed, of one pair.");
        }
    }

    private void write(Path folder, ConformanceReport report, Optional<PrivateKey> key, X509Certificate certificate) throws IOException, GeneralSecurityException {
        Path signed = folder.resolve("conformance-report.p7m");
        Path content = folder.resolve("conformance-report.json");
        // No line feed at its end: these octets are what is signed.
        replace(content, report.format().getBytes(StandardCharsets.UTF_8));
        Files.deleteIfExists(signed);
        if (key.isPresent()) {
            replace(signed, report.signed(key.get(), certificate));
        }
        String file = key.isPresent() ? signed.toString() : content + ", signed as docs/protocols/conformance.md says";
        out.line(report.passed() ? "All is passed. Send the authority " + file : "Not all is passed; the report is " + (key.isPresent() ? signed : content));
    }

    private static void replace(Path file, byte[] octets) throws IOException {
        Path unfinished = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        Files.write(unfinished, octets);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Set<Scenario> wanted() throws WrongUse {
        Set<Scenario> wanted = EnumSet.noneOf(Scenario.class);
        for (String id : arguments.all("only")) {
            wanted.add(Scenario.of(id).orElseThrow(() -> new WrongUse("--only " + id + ": there is no such scenario; --list shows them.")));
        }
        return wanted.isEmpty() ? EnumSet.allOf(Scenario.class) : wanted;
    }

    private List<String> services() throws WrongUse {
        List<String> services = arguments.has("service") ? arguments.all("service").stream().distinct().toList() : SERVICES;
        for (String service : services) {
            if (!SERVICES.contains(service)) {
                throw new WrongUse("--service " + service + ": there are " + String.join(", ", SERVICES) + ".");
            }
        }
        return services;
    }

    /** As the authority will judge it. A trial of single scenarios brings no report: without a catalogue each service is asked with a token. */
    private Set<String> takingTokens(Set<Scenario> wanted, URI url) throws WrongUse, InterruptedException {
        TestCatalogue catalogue = arguments.has("catalogue") ? new TestCatalogue(url("catalogue", "")) : TestCatalogue.besides(url);
        try {
            return catalogue.takingTokens();
        } catch (IOException e) {
            if (wanted.size() < Scenario.values().length) {
                return Set.copyOf(SERVICES);
            }
            throw new WrongUse("The catalogue of TEST cannot be read at " + catalogue.address() + ": " + e.getMessage() + ". --catalogue names another address.");
        }
    }

    /** Of TEST only: nothing that is tried out here may reach real taxpayers. */
    private String token() throws IOException, WrongUse {
        Path file = file("token-file", "app/token.txt");
        String text;
        try (InputStream stream = Files.newInputStream(file)) {
            text = new String(stream.readNBytes(TOKEN_FILE_LENGTH_MAX), StandardCharsets.UTF_8).strip();
        }
        return TokenText.read(text).filter(token -> token.contour() == Contour.TEST).map(token -> text)
                .orElseThrow(() -> new WrongUse("The file " + file + " holds no token of TEST."));
    }

    private static void requirePair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        byte[] anything = {1};
        signature.initSign(key);
        signature.update(anything);
        byte[] value = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(anything);
        if (!signature.verify(value)) {
            throw new SignatureException();
        }
    }

    private Identifier client() throws WrongUse {
        try {
            return arguments.one("client").map(Identifier::of).orElse(Identifier.DEMO_BANK);
        } catch (IllegalArgumentException e) {
            throw new WrongUse("--client: " + e.getMessage() + ".");
        }
    }

    private Tls tls(Path folder) throws IOException, GeneralSecurityException {
        boolean own = arguments.has("tls-cert");
        X509Certificate certificate = Pem.certificate(own ? file("tls-cert", "") : file("cert", "app/cert.pem"));
        PrivateKey key = Pem.key(own ? file("tls-key", "app/key.pem") : file("key", "app/key.pem"), certificate);
        requirePair(key, certificate);
        Optional<String> trust = arguments.one("tls-trust");
        return new Tls(key, certificate, OwnKeys.ofConnections(folder, clock), trust.isPresent() ? Optional.of(Pem.certificate(Path.of(trust.get()))) : Optional.empty());
    }

    private MessageProtocol protocol() throws WrongUse {
        String name = arguments.one("protocol").orElse(MessageProtocol.SOAP.name());
        return Arrays.stream(MessageProtocol.values()).filter(each -> each.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new WrongUse("--protocol is SOAP or REST."));
    }

    /** Of REST, the path is signed: the product is told one that ends as TEST's does. */
    private URI url(MessageProtocol protocol) throws WrongUse {
        URI url = url("url", "http://127.0.0.1:" + value("KOPURO_HTTP_PORT").orElse("8080") + (protocol == MessageProtocol.SOAP ? "/soap/tax/v1" : "/r1/" + Identifier.TAX_AUTHORITY));
        if (protocol == MessageProtocol.REST && (!url.getRawPath().matches(".*/r1(/[^/]+){4}") || url.getRawQuery() != null)) {
            throw new WrongUse("--url by REST ends with /r1/instance/class/member/subsystem, the provider.");
        }
        return url;
    }

    private URI url(String option, String byDefault) throws WrongUse {
        try {
            URI url = URI.create(arguments.one(option).orElse(byDefault));
            if (url.getHost() != null && url.getRawUserInfo() == null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Told below together with addresses of another kind.
        }
        throw new WrongUse("--" + option + " is an address that begins with http:// or https://.");
    }

    private long number(String name, long byDefault, long min, long max) throws WrongUse {
        long number = arguments.numbers(name).stream().findFirst().orElse(byDefault);
        if (number < min || number > max) {
            throw new WrongUse("--" + name + " is a whole number from " + min + " to " + max + ".");
        }
        return number;
    }

    private String needed(String name) throws WrongUse {
        return arguments.one(name).orElseThrow(() -> new WrongUse("--" + name + " is missing."));
    }

    private Path file(String name, String inTheDemo) {
        return arguments.one(name).map(Path::of).orElse(variable().resolve("demo").resolve(inTheDemo));
    }

    private Path variable() {
        return root.resolve(value("KOPURO_VAR").orElse("var")).normalize();
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /** Of the archive that this class came from. */
    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = Conformance.class.getResourceAsStream("/META-INF/maven/org.kopuro/kopuro-server-config/pom.properties")) {
            if (stream != null) {
                properties.load(stream);
            }
        }
        return properties.getProperty("version", "not packaged");
    }
}
