package org.kopuro.server.demo;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.client.Identifier;
import org.kopuro.client.Question;
import org.kopuro.registers.bulk.SyntheticTaxpayers;

/** Everything that the first call needs: who may call, with what, and the messages to begin with. */
public final class FirstCall {

    private final DemoFolder folder;
    private final Path keys;
    private final Clock clock;

    public FirstCall(DemoFolder folder, Path keys, Clock clock) {
        this.folder = folder;
        this.keys = keys;
        this.clock = clock;
    }

    /** The bank that may call. */
    public UUID arrange(URI baseUrl, Map<String, String> passwords, YearMonth lastMonth) throws IOException, InterruptedException {
        Files.copy(keys.resolve("signing-rsa.cert.pem"), folder.server().resolve("cert.pem"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(keys.resolve("signing-ec.cert.pem"), folder.server().resolve("cert-ec.pem"), StandardCopyOption.REPLACE_EXISTING);
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        Api operator = new Api(client, baseUrl, DemoAccounts.OPERATOR, passwords.get(DemoAccounts.OPERATOR));
        Api taxpayer = new Api(client, baseUrl, DemoAccounts.TAXPAYER, passwords.get(DemoAccounts.TAXPAYER));
        List<JsonObject> services = DemoBank.services(operator);
        DemoBank bank = new DemoBank(operator, taxpayer, folder, clock, Identifier.DEMO_BANK);
        UUID participant = bank.connect(services, new DemoKeys(folder, clock).certificate());
        String token = bank.token(services);
        new SampleReceipt(taxpayer, folder, clock).write(token);
        for (JsonObject service : services) {
            String code = service.getString("code");
            byte[] sample = new Question(Identifier.DEMO_BANK, Identifier.TAX_AUTHORITY, code, UUID.nameUUIDFromBytes(code.getBytes(StandardCharsets.UTF_8)).toString(),
                    SyntheticTaxpayers.DEMO_ENTREPRENEUR.digits(), Optional.empty(), Optional.empty(), Optional.of(token)).upTo(lastMonth).sample();
            DemoFolder.writePrivately(folder.app().resolve(code + ".xml"), new String(sample, StandardCharsets.UTF_8));
        }
        return participant;
    }
}
