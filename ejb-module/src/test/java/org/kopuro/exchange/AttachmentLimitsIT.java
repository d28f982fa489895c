package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A message brings files; how much of them is stored is asked first. */
class AttachmentLimitsIT {

    private final Scene scene = new Scene(Contour.TEST, new TestApplication("TEST,PRODUCTION", java.time.Clock.systemUTC().instant()));

    private Optional<AttachmentLimit> limit(byte[] thumbprint, String service) {
        Credential credential = Credential.signature(thumbprint, new byte[32]);
        Call call = new Call(new XRoadClient("central-server", "COM", scene.participant.memberCode(), "app"),
                new ServiceAddress("central-server", "GOV", "70000002", Optional.of("gns-service"), service, Optional.of("v1")), "1", Optional.empty(), Optional.empty(), Optional.empty(), credential, "127.0.0.1");
        return scene.application.with(AttachmentLimits.class, limits -> limits.of(call));
    }

    @Test
    void isThatOfTheServiceInTheContourOfTheCredentialAndNothingForStrangers() {
        byte[] thumbprint = Scene.thumbprint(scene.certificate);
        assertEquals(Optional.of(new AttachmentLimit(2, 10)), limit(thumbprint, "transferForm"));
        assertEquals(Optional.empty(), limit(thumbprint, "formStatus"));
        assertEquals(Optional.empty(), limit(new byte[32], "transferForm"), "a stranger's certificate");
        RegisterRows.run("update exchange.attachment_limit set megabytes_max = 11 where contour::text = 'PRODUCTION'");
        try {
            assertEquals(Optional.of(new AttachmentLimit(2, 10)), limit(thumbprint, "transferForm"));
            assertEquals(Optional.of(new AttachmentLimit(2, 11)), scene.application.with(AttachmentLimits.class, limits -> limits.of(Contour.PRODUCTION, "transferForm")));
        } finally {
            RegisterRows.run("update exchange.attachment_limit set megabytes_max = 10");
        }
        assertThrows(IllegalStateException.class, () -> RegisterRows.run("update exchange.attachment_limit set megabytes_max = 101"));
    }
}
