package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cucumber.core.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.kopuro.server.demo.ConsentSteps;

/** The life of a consent, told in scenarios, against the server that runs. */
interface ConsentScenarios {

    RunCommand running();

    @Test
    default void aConsentLivesAndEndsAsTheScenariosTell() throws Exception {
        System.setProperty(ConsentSteps.URL, "http://127.0.0.1:" + running().port());
        System.setProperty(ConsentSteps.DEMO, running().var().resolve("demo").toString());
        run(Files.createTempFile("scenarios", ".txt"));
    }

    static void run(Path report) throws Exception {
        byte failed = Main.run(new String[] {"--glue", "org.kopuro.server.demo", "--plugin", "pretty:" + report, "--monochrome", "classpath:org/kopuro/scenarios"},
                ConsentScenarios.class.getClassLoader());
        assertEquals(0, failed, Files.readString(report));
    }
}
