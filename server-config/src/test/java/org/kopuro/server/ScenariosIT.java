package org.kopuro.server;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The scenarios against a server somewhere: {@code mvn verify -pl server-config -am -Dit.test=ScenariosIT -Dkopuro.scenarios.url=… -Dkopuro.scenarios.demo=…}; docs/testing.md tells more. */
@EnabledIfSystemProperty(named = "kopuro.scenarios.url", matches = ".+", disabledReason = "FirstCallIT runs them against a server of its own")
class ScenariosIT {

    @Test
    void holdAgainstTheServerThatIsNamed() throws Exception {
        ConsentScenarios.run(Files.createTempFile("scenarios", ".txt"));
    }
}
