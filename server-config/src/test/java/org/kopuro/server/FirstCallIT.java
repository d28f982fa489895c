package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first call after a fresh start, as docs/protocols/first-call.md tells it: by bin/call and by three stacks that are not ours. */
class FirstCallIT implements LedgerCommands, ConformanceCommand, ConsentScenarios, LoanByCurl {

    private static final Path PROGRAMS = RunCommand.ROOT.resolve("docs/protocols/first-call");
    private static final String DEMO_ENTREPRENEUR = "23002199000001";

    @TempDir
    private static Path folder;
    private static RunCommand run;
    private static final ConformanceRuns CONFORMANCE_RUNS = new ConformanceRuns();
    private static Process command;
    private static String token;

    @BeforeAll
    static void startOnce() throws Exception {
        assertTrue(Files.isRegularFile(RunCommand.WAR), "the application has not been built: run mvn verify from the root");
        run = new RunCommand(folder);
        command = run.start(Map.of());
        run.awaitReady(command);
        assertTrue(Files.isRegularFile(run.var().resolve("demo/app/token.txt")), run.console());
        token = Files.readString(run.var().resolve("demo/app/token.txt")).strip();
    }

    @Override
    public RunCommand running() {
        return run;
    }

    @Override
    public ConformanceRuns runs() {
        return CONFORMANCE_RUNS;
    }

    /** As a person stops it; here, so that it costs no start of its own. */
    @AfterAll
    static void stopsOnCtrlC() throws Exception {
        try {
            new ProcessBuilder("kill", "-INT", "--", "-" + command.pid()).start().waitFor();
            assertTrue(command.waitFor(300, TimeUnit.SECONDS), run.console());
            assertEquals(0, command.exitValue(), run.console());
            assertTrue(run.console().matches("(?s).*Stopping the server….*Stopping PostgreSQL….*Stopped\\..*"), run.console());
            run.assertNothingRuns();
        } finally {
            run.stopAll();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount"})
    void everyServiceAnswers(String service) throws Exception {
        Program call = call(service, DEMO_ENTREPRENEUR, token);
        assertEquals(0, call.exitCode(), call.output());
        assertTrue(call.output().startsWith("inn: " + DEMO_ENTREPRENEUR), call.output());
        assertFalse(call.output().contains(token), "the token was printed");
        if (service.equals("TPpaymentDateByInn") || service.equals("incomeStatement") || service.equals("headcount")) {
            assertTrue(call.output().contains("\n  "), "no rows: " + call.output());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tpDataByINN, 23002199000001, MISTYPED, TOKEN_MALFORMED",
        "tpDataByINN, 03002202000001, RIGHT, SUBJECT_MISMATCH",
        "tpDataByINN, 23002199000001, NONE, CONSENT_REQUIRED",
        "tpDataByINN, 123, RIGHT, INN_LENGTH",
        "tpDataByINNforBusinessActivity, 23002199009999, NONE, TAXPAYER_UNKNOWN",
        "noSuchService, 23002199000001, RIGHT, SERVICE_UNKNOWN"})
    void refusalsSayWhyAndWhatToDo(String service, String inn, String which, String code) throws Exception {
        String sent = switch (which) {
            case "NONE" -> "";
            case "MISTYPED" -> token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0");
            default -> token;
        };
        Program call = call(service, inn, sent);
        assertEquals(1, call.exitCode(), call.output());
        assertTrue(call.output().startsWith("refused: " + code + "\n"), call.output());
        assertTrue(call.output().matches("(?s).*\nwhy: .+\nwhat to do: .+\noccurrence: [0-9a-f-]{36}\n"), call.output());
        assertFalse(call.output().contains(token), "the token was printed");
    }

    @Test
    void thePrintedCallWorksWhenPasted() throws Exception {
        String line = run.console().lines().filter(text -> text.startsWith("  call ")).findFirst().orElseThrow().substring("  call ".length());
        Program call = Program.ended(List.of("bash", "-c", line.strip()), RunCommand.ROOT, List.of());
        assertEquals(0, call.exitCode(), call.output());
    }

    @Test
    void wrongUseAndAServerThatIsNotThereAndAnotherServersCertificateAreToldApart() throws Exception {
        Program none = Program.ended(List.of(RunCommand.ROOT.resolve("bin/call").toString()), folder, List.of());
        assertEquals(2, none.exitCode(), none.output());
        assertTrue(none.output().contains("usage: bin/call SERVICE"), none.output());
        Program unreachable = call("tpDataByINN", DEMO_ENTREPRENEUR, token, "--url", "http://127.0.0.1:1/soap/tax/v1");
        assertEquals(2, unreachable.exitCode(), unreachable.output());
        assertTrue(unreachable.output().startsWith("The server does not answer"), unreachable.output());
        Program other = call("tpDataByINN", DEMO_ENTREPRENEUR, token, "--server-cert", run.var().resolve("demo/app/cert.pem").toString());
        assertEquals(3, other.exitCode(), other.output());
        assertTrue(other.output().contains("another certificate"), other.output());
    }

    @Test
    void whatIsSecretIsClosedToOthers() throws Exception {
        for (String name : List.of("accounts.txt", "loan.json", "app/key.pem", "app/keystore.p12", "app/token.txt", "app/tpDataByINN.xml")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(run.var().resolve("demo").resolve(name))), name);
        }
        assertFalse(Files.readString(run.var().resolve("log/server.log")).contains(token), "the token is in the log");
    }

    /** Each sample is complete: a stranger's program signs it and is answered. */
    @ParameterizedTest
    @ValueSource(strings = {"tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount"})
    void pythonSignsEverySample(String service) throws Exception {
        Program.require(folder, "python3-lxml", "/usr/bin/python3", "-c", "import lxml");
        Program.require(folder, "python3-cryptography", "/usr/bin/python3", "-c", "import cryptography");
        assertAnswered(program("/usr/bin/python3", PROGRAMS.resolve("call.py").toString(), service));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpDataByINN", "tpDataByINNforBusinessActivity"})
    void theShellSignsASample(String service) throws Exception {
        Program.require(folder, "xmlsec1", "xmlsec1", "--version");
        assertAnswered(program("bash", PROGRAMS.resolve("call.sh").toString(), service));
    }

    @Test
    void nodeSignsWithX509() throws Exception {
        Path copy = Files.createDirectories(folder.resolve("node"));
        for (String name : List.of("call.mjs", "package.json", "package-lock.json")) {
            Files.copy(PROGRAMS.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Program packages = Program.ended(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), copy, List.of());
        assertEquals(0, packages.exitCode(), "Node 20.19 or newer with npm is needed: " + packages.output());
        assertAnswered(program("node", copy.resolve("call.mjs").toString()));
    }

    /** The way of a dispute: the caller names the occurrence, the auditor takes the file out, anybody checks it without us. */
    @Test
    void evidenceOfARefusalIsFoundWholeOffline() throws Exception {
        String occurrence = call("tpDataByINN", "03002202000001", token).output().strip().replaceAll("(?s).*\noccurrence: ", "");
        Program account = Program.ended(List.of(RunCommand.ROOT.resolve("bin/admin").toString(), "account", "add", "--login", "an.auditor", "--role", "AUDITOR", "--contour", "TEST",
                "--name", "An Auditor"), folder, List.of("KOPURO_VAR=" + run.var()));
        assertEquals(0, account.exitCode(), account.output());
        String password = account.output().strip().replaceAll("(?s).*password ", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + run.port() + "/api/v1/evidence/" + occurrence))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(("an.auditor:" + password).getBytes(StandardCharsets.UTF_8))).build();
        HttpResponse<Path> evidence;
        do {
            // The ledger's receipt is there within a second.
            evidence = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofFile(folder.resolve("evidence.asice")));
        } while (evidence.statusCode() == 409);
        assertEquals(200, evidence.statusCode());
        List<String> environment = List.of("KOPURO_VAR=" + run.var());
        Program proven = Program.ended(List.of(RunCommand.ROOT.resolve("bin/verify").toString(), evidence.body().toString()), folder, environment);
        assertEquals(0, proven.exitCode(), proven.output());
        assertTrue(proven.output().contains(occurrence) && proven.output().contains("outcome: SUBJECT_MISMATCH"), proven.output());
        Program doubted = Program.ended(List.of(RunCommand.ROOT.resolve("bin/verify").toString(), evidence.body().toString(), "--cert", run.var().resolve("demo/app/cert.pem").toString()), folder, environment);
        assertEquals(1, doubted.exitCode(), doubted.output());
        assertTrue(doubted.output().startsWith("not proven: "), doubted.output());
    }

    private static void assertAnswered(Program program) {
        assertEquals(0, program.exitCode(), program.output());
        assertTrue(program.output().contains("inn: " + DEMO_ENTREPRENEUR), program.output());
    }

    private static Program call(String service, String inn, String sentToken, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(RunCommand.ROOT.resolve("bin/call").toString(), service, "--inn", inn));
        if (!sentToken.isEmpty()) {
            words.addAll(List.of("--token", sentToken));
        }
        words.addAll(Arrays.asList(more));
        return Program.ended(words, folder, List.of("KOPURO_VAR=" + run.var(), "KOPURO_HTTP_PORT=" + run.port()));
    }

    private static Program program(String... words) throws Exception {
        return Program.ended(List.of(words), folder, List.of("KOPURO_DEMO=" + run.var().resolve("demo"),
                "KOPURO_URL=http://127.0.0.1:" + run.port() + "/soap/tax/v1"));
    }
}
