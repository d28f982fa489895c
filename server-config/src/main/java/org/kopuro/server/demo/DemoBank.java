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

    /** Registers the bank, its certificate, its connection and a right to every service of the catalogue; its id. */
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
            request(id, subsystem, services);
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

    /** The way that every participant goes: a letter, the checklist, the grant. */
    private void request(String participant, String subsystem, List<JsonObject> services) throws IOException, InterruptedException {
        JsonArrayBuilder wanted = Json.createArrayBuilder();
        services.forEach(service -> wanted.add(Json.createObjectBuilder().add("subsystem", subsystem).add("service", service.getString("code"))
                .add("purpose", "Демо: проба сервисов.")));
        JsonObject request = operator.post("access/requests", Json.createObjectBuilder().add("kind", "CONNECT").add("participant", participant).add("procedure", "KG-147")
                .add("letter", Json.createObjectBuilder().add("sender", "integration@bank.example").add("subject", "Demo").add("receivedAt", clock.instant().toString()))
                .add("answerEmail", "integration@bank.example").add("body", "Demo").add("services", wanted)
                .add("products", Json.createArrayBuilder().add(Json.createObjectBuilder().add("product", product(participant))))
                .add("contacts", Json.createArrayBuilder().add(Json.createObjectBuilder().add("fullName", "Демо Контакт").add("unit", "IT").add("post", "Engineer")
                        .add("email", "integration@bank.example").add("phone", "+996 312 000000"))).build());
        String path = "access/requests/" + request.getString("id");
        operator.post(path + "/events", Json.createObjectBuilder().add("event", "CONFIRM").build());
        for (JsonObject item : operator.get(path).getJsonArray("checklist").getValuesAs(JsonObject.class)) {
            operator.post(path + "/checks", Json.createObjectBuilder().add("item", item.getString("code")).add("ticked", true)
                    .add("note", "Demo").build());
        }
        operator.post(path + "/events", Json.createObjectBuilder().add("event", "GRANT").add("reason", "Demo").build());
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
