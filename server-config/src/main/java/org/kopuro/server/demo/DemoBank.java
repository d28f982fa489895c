package org.kopuro.server.demo;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.client.Identifier;

/** A bank that may call every service, and a taxpayer's token for it, arranged through the application's own interface. */
final class DemoBank {

    private static final ZoneId ZONE = ZoneId.of("Asia/Bishkek");
    private static final String PRODUCT = "Демо приложение";
    private static final String NOT_USED = "NOT_USED";
    private static final int CHARACTERS_SHOWN = 4;

    private final Api operator;
    private final Api taxpayer;
    private final DemoFolder folder;
    private final Clock clock;
    private final Identifier bank;

    DemoBank(Api operator, Api taxpayer, DemoFolder folder, Clock clock, Identifier bank) {
        this.operator = operator;
        this.taxpayer = taxpayer;
        this.folder = folder;
        this.clock = clock;
        this.bank = bank;
    }

    /** The catalogue's services that messages of the exchange call. */
    static List<JsonObject> services(Api anybody) throws IOException, InterruptedException {
        return anybody.get("services").getJsonArray("services").getValuesAs(JsonObject.class).stream().filter(service -> service.getString("kind").equals("EXCHANGE")).toList();
    }

    /** Registers the bank, its certificate, its connection and a right to every one of the services; its id. */
    UUID connect(List<JsonObject> services, String certificate) throws IOException, InterruptedException {
        DemoParticipant registered = new DemoParticipant(operator, bank);
        JsonObject participant = registered.present("Демо банк", Json.createObjectBuilder().build());
        String id = participant.getString("id");
        String subsystem = registered.subsystem(participant, "Демо приложение банка");
        try {
            operator.post("admin/subsystems/" + subsystem + "/certificates", Json.createObjectBuilder().add("pem", certificate).add("purpose", "SIGNING")
                    .add("reason", "of the demo").build());
        } catch (Api.NotDone e) {
            if (!e.is("CERTIFICATE_ALREADY_REGISTERED")) {
                throw e;
            }
        }
        boolean connected = operator.get("access/connections?participant=" + id).getJsonArray("connections").getValuesAs(JsonObject.class).stream()
                .anyMatch(connection -> connection.getBoolean("passesCalls"));
        if (!connected) {
            new DemoRequest(operator, clock, "KG-147", "integration@bank.example").connect(id, subsystem, services.stream().map(service -> service.getString("code")).toList(),
                    Json.createObjectBuilder().add("products", Json.createArrayBuilder().add(Json.createObjectBuilder().add("product", product(id)))).build());
        }
        return UUID.fromString(id);
    }

    /** The bank's own product with its registration, which the order wants to see (003 §8). */
    private String product(String participant) throws IOException, InterruptedException {
        Optional<JsonObject> present = operator.get("access/products?participant=" + participant).getJsonArray("products").getValuesAs(JsonObject.class).stream()
                .filter(product -> product.getString("name").equals(PRODUCT)).findFirst();
        JsonObject product = present.isPresent() ? present.get() : operator.post("access/products", Json.createObjectBuilder().add("participant", participant).add("name", PRODUCT)
                .add("kind", "INFORMATION_SYSTEM").add("developer", "Демо банк").add("rightsHolder", "Демо банк").add("role", "OWNER_DEVELOPER").build());
        String id = product.getString("id");
        if (product.getJsonArray("documents").isEmpty()) {
            operator.upload("access/products/" + id + "/documents?kind=REGISTRATION&number=1&issuedOn=" + today() + "&issuer=Demo&fileName=registration.txt",
                    "Демо: свидетельство о регистрации.".getBytes(StandardCharsets.UTF_8));
        }
        return id;
    }

    /** The present token while it works, else a new one for every service that takes one, valid as long as the shortest of them allows. */
    String token(List<JsonObject> services) throws IOException, InterruptedException {
        Optional<String> present = Files.exists(folder.token()) ? Optional.of(Files.readString(folder.token()).strip()) : Optional.empty();
        if (present.isPresent() && works(present.get())) {
            return present.get();
        }
        JsonArrayBuilder codes = Json.createArrayBuilder();
        LocalDate lastDay = LocalDate.MAX;
        for (JsonObject service : services) {
            if (!service.getString("tokenRule").equals(NOT_USED)) {
                codes.add(service.getString("code"));
                if (service.containsKey("validityDays")) {
                    LocalDate end = today().plusDays(service.getInt("validityDays"));
                    lastDay = end.isBefore(lastDay) ? end : lastDay;
                }
            }
        }
        // No ceiling in the catalogue is a ceiling of ours: no demo is used for longer.
        lastDay = lastDay.equals(LocalDate.MAX) ? today().plusYears(1) : lastDay;
        JsonObject text = taxpayer.get("tokens/text?language=RU");
        String token = taxpayer.post("tokens", Json.createObjectBuilder().add("subsystem", bank.toString()).add("lastDay", lastDay.toString())
                .add("services", codes).add("language", "RU").add("textVersion", text.getString("version")).add("textSha256", text.getString("sha256")).build()).getString("token");
        DemoFolder.writePrivately(folder.token(), token + "\n");
        return token;
    }

    private boolean works(String token) throws IOException, InterruptedException {
        return working(taxpayer, token, clock.instant()).isPresent();
    }

    /** The application shows a token's last characters only; among a demo's few tokens they tell which it is. */
    static Optional<JsonObject> working(Api taxpayer, String token, Instant now) throws IOException, InterruptedException {
        String canonical = token.replace("-", "");
        if (canonical.length() < CHARACTERS_SHOWN) {
            return Optional.empty();
        }
        String lastFour = canonical.substring(canonical.length() - CHARACTERS_SHOWN);
        return taxpayer.get("tokens?limit=1000").getJsonArray("tokens").getValuesAs(JsonObject.class).stream()
                .filter(known -> known.getString("lastFour").equals(lastFour) && known.getString("state").equals("ACTIVE")
                        && Instant.parse(known.getString("expiresAt")).isAfter(now)).findFirst();
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(ZONE));
    }
}
