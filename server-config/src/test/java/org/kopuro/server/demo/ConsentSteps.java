package org.kopuro.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cucumber.datatable.DataTable;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.client.Caller;
import org.kopuro.client.Identifier;
import org.kopuro.consent.TokenText;
import org.kopuro.registers.bulk.SyntheticTaxpayers;

/** The sentences of the scenarios, by REST as the taxpayer and by signed calls as the banks. The system properties say which server; it must have the demo. */
public final class ConsentSteps {

    public static final String URL = "kopuro.scenarios.url";
    /** The demo's folder of that server, as bin/run made it. */
    public static final String DEMO = "kopuro.scenarios.demo";

    private static final String TAXPAYER = SyntheticTaxpayers.DEMO_ORGANISATION.digits();
    private static final String SOMEBODY_ELSE = SyntheticTaxpayers.DEMO_ENTREPRENEUR.digits();
    private static final Identifier OTHER = new Identifier("central-server", "COM", "60009998", "other-bank-service");
    private static final Clock CLOCK = Clock.systemUTC();

    /** Connecting another bank takes a procedure; one does for all scenarios of a run. */
    private static final Map<URI, Caller> OTHER_BANKS = new HashMap<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base = URI.create(System.getProperty(URL));
    private final DemoFolder demo = new DemoFolder(Path.of(System.getProperty(DEMO)));
    private final Map<String, String> passwords = passwords();
    private final Api taxpayer = account("company");
    private final Api program = account("demo-bank");
    private final Caller bank = new Caller(base, Identifier.DEMO_BANK, demo.app(), demo.server().resolve("cert.pem"));

    private String token;
    private String id;
    private String outcome;
    private boolean pausedAll;

    public ConsentSteps() throws IOException, GeneralSecurityException {
    }

    @Given("the taxpayer has given the bank a token for {string}")
    public void given(String service) throws IOException, InterruptedException {
        give(service, Optional.empty());
    }

    @Given("the taxpayer has given the bank a token for {string} and {int} calls")
    public void given(String service, int calls) throws IOException, InterruptedException {
        give(service, Optional.of(calls));
    }

    private void give(String service, Optional<Integer> calls) throws IOException, InterruptedException {
        JsonObject text = taxpayer.get("tokens/text?language=RU");
        JsonObjectBuilder wish = Json.createObjectBuilder().add("subsystem", Identifier.DEMO_BANK.toString()).add("services", Json.createArrayBuilder().add(service)).add("language", "RU")
                .add("textVersion", text.getString("version")).add("textSha256", text.getString("sha256"))
                .add("lastDay", LocalDate.now(CLOCK.withZone(ZoneId.of("Asia/Bishkek"))).plusDays(1).toString());
        calls.ifPresent(most -> wish.add("calls", most));
        JsonObject issued = taxpayer.post("tokens", wish.build());
        token = issued.getString("token");
        id = issued.getString("id");
    }

    @When("the bank asks {string} about the taxpayer")
    public void asks(String service) throws Exception {
        outcome = bank.ask(service, TAXPAYER, Optional.of(token), Duration.ZERO);
    }

    @When("the bank asks {string} about the taxpayer without a token")
    public void asksWithout(String service) throws Exception {
        outcome = bank.ask(service, TAXPAYER, Optional.empty(), Duration.ZERO);
    }

    @When("the bank asks {string} about somebody else")
    public void asksAboutSomebodyElse(String service) throws Exception {
        outcome = bank.ask(service, SOMEBODY_ELSE, Optional.of(token), Duration.ZERO);
    }

    @When("another bank asks {string} about the taxpayer")
    public void anotherAsks(String service) throws Exception {
        outcome = another().ask(service, TAXPAYER, Optional.of(token), Duration.ZERO);
    }

    @When("another bank asks {string} about the taxpayer with a token that was never given")
    public void anotherGuesses(String service) throws Exception {
        outcome = another().ask(service, TAXPAYER, Optional.of(TokenText.invented(new SecureRandom())), Duration.ZERO);
    }

    @When("the bank asks {string} about the taxpayer by a clock that is wrong, this happens:")
    public void asksByAWrongClock(String service, DataTable table) throws Exception {
        for (Map<String, String> row : table.asMaps()) {
            assertEquals(row.get("outcome"), bank.ask(service, TAXPAYER, Optional.of(token), Duration.ofMinutes(Long.parseLong(row.get("minutes")))), row.toString());
        }
    }

    @Then("it is answered")
    public void answered() {
        assertEquals(Caller.ANSWERED, outcome);
    }

    @Then("it is refused as {word}")
    public void refused(String code) {
        assertEquals(code, outcome);
    }

    @When("the taxpayer pauses the token")
    public void pauses() throws IOException, InterruptedException {
        taxpayer.post("tokens/" + id + "/freeze", JsonObject.EMPTY_JSON_OBJECT);
    }

    @When("the taxpayer resumes the token")
    public void resumes() throws IOException, InterruptedException {
        taxpayer.post("tokens/" + id + "/unfreeze", JsonObject.EMPTY_JSON_OBJECT);
    }

    @When("the taxpayer tries to resume the token")
    public void triesToResume() throws IOException, InterruptedException {
        try {
            resumes();
            outcome = "done";
        } catch (Api.NotDone refused) {
            outcome = refused.getMessage();
        }
    }

    @Then("the taxpayer is told {word}")
    public void told(String code) {
        assertEquals(true, outcome.contains(" " + code + " "), outcome);
    }

    @When("the taxpayer revokes the token")
    public void revokes() throws IOException, InterruptedException {
        taxpayer.post("tokens/" + id + "/deactivate", JsonObject.EMPTY_JSON_OBJECT);
    }

    @When("the taxpayer pauses everything")
    public void pausesEverything() throws IOException, InterruptedException {
        pausedAll = true;
        pause("PUT");
    }

    @When("the taxpayer resumes everything")
    public void resumesEverything() throws IOException, InterruptedException {
        pause("DELETE");
        pausedAll = false;
    }

    /** By TEST's clock control, which whoever holds the token may use. */
    @When("the token's last day is over")
    public void lastDayIsOver() throws IOException, InterruptedException {
        assertEquals("EXPIRED", program.post("consents/" + id + "/expiry", JsonObject.EMPTY_JSON_OBJECT).getString("state"));
    }

    /** The notices of this token that the bank's program acknowledges, as the poll of RFC 8936. */
    @When("the bank acknowledges what it is told of the token")
    public void acknowledges() throws IOException, InterruptedException {
        JsonArrayBuilder acknowledged = Json.createArrayBuilder();
        changes().forEach(change -> acknowledged.add(change.getString("id")));
        program.post("consents/events", Json.createObjectBuilder().add("ack", acknowledged).add("maxEvents", 0).add("returnImmediately", true).build());
    }

    @Then("the bank was told {word} and has acknowledged it")
    public void toldAndAcknowledged(String kind) throws IOException, InterruptedException {
        assertEquals(List.of(kind + " true"), changes().stream().map(change -> change.getString("event") + " " + change.containsKey("acknowledgedAt")).toList());
    }

    private List<JsonObject> changes() throws IOException, InterruptedException {
        return program.get("consents/changes?limit=5000").getJsonArray("changes").getValuesAs(JsonObject.class).stream().filter(change -> change.getString("consent").equals(id)).toList();
    }

    /** Whatever happened: the next run finds nothing paused. */
    @After
    public void leaveNothingPaused() throws IOException, InterruptedException {
        if (pausedAll) {
            pause("DELETE");
        }
    }

    private void pause(String method) throws IOException, InterruptedException {
        int status = http.send(HttpRequest.newBuilder(base.resolve("/api/v1/tokens/pause")).header("Accept", "application/json")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(("company:" + passwords.get("company")).getBytes(StandardCharsets.UTF_8)))
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.discarding()).statusCode();
        assertEquals(200, status);
    }

    private Caller another() throws IOException, InterruptedException, GeneralSecurityException {
        Caller known = OTHER_BANKS.get(base);
        if (known == null) {
            DemoFolder folder = new DemoFolder(demo.path().resolve("other-bank"));
            folder.prepare();
            Api operator = account("operator");
            List<JsonObject> services = DemoBank.services(operator);
            new DemoBank(operator, taxpayer, folder, CLOCK, OTHER).connect(services, new DemoKeys(folder, CLOCK).certificate());
            known = new Caller(base, OTHER, folder.app(), demo.server().resolve("cert.pem"));
            OTHER_BANKS.put(base, known);
        }
        return known;
    }

    private Api account(String login) {
        return new Api(http, base, login, passwords.get(login));
    }

    private Map<String, String> passwords() throws IOException {
        Map<String, String> read = new HashMap<>();
        for (String line : Files.readAllLines(demo.accounts())) {
            String[] words = line.strip().split("\\s+");
            read.put(words[0], words[1]);
        }
        return read;
    }
}
