package org.kopuro.deployment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.SubsystemView;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;

/** The callers of the deployment tests: one per spelling of fault codes, on the server's own clock. */
final class Participants {

    static final TestApplication APPLICATION = new TestApplication("TEST,PRODUCTION", Instant.now().truncatedTo(ChronoUnit.MILLIS));
    private static final Map<FaultDialect, Scene> BY_DIALECT = new EnumMap<>(FaultDialect.class);
    private static final Map<FaultDialect, TestCertificates.Identity> AS_MEMBER = new EnumMap<>(FaultDialect.class);

    private static final Map<FaultDialect, String> TOKENS = new EnumMap<>(FaultDialect.class);
    private static final Map<FaultDialect, TestCertificates.Identity> BARE = new EnumMap<>(FaultDialect.class);

    private Participants() {
    }

    static synchronized Scene speaking(FaultDialect dialect) {
        return BY_DIALECT.computeIfAbsent(dialect, spelling -> {
            Scene scene = new Scene(Contour.TEST, APPLICATION);
            RegisterRows.run("insert into registers.register_state (contour, debts_as_of) values ('TEST', '2026-01-31') on conflict do nothing");
            RegisterRows.run("update participants.participant set fault_dialect = ? where member_code = ?", spelling.name(), scene.participant.memberCode());
            return scene;
        });
    }

    /** One token per participant for all tests: a taxpayer can make twenty a day. */
    static synchronized String token(FaultDialect dialect) {
        return TOKENS.computeIfAbsent(dialect, spelling -> speaking(spelling).token().text());
    }

    /** The key of the member itself as a caller. */
    static synchronized TestCertificates.Identity asMember(FaultDialect dialect) {
        return AS_MEMBER.computeIfAbsent(dialect, spelling -> {
            Scene scene = speaking(spelling);
            TestCertificates.Identity identity = TestCertificates.elliptic(APPLICATION.clock().instant());
            SubsystemView member = scene.addSubsystem("");
            scene.addCertificate(member, Contour.TEST, identity);
            Scene.SERVICES.forEach(service -> scene.grant(member, service, scene.today(), null));
            return identity;
        });
    }

    /** The key of a subsystem that has no right at all. */
    static synchronized TestCertificates.Identity asBareSubsystem(FaultDialect dialect) {
        return BARE.computeIfAbsent(dialect, spelling -> {
            Scene scene = speaking(spelling);
            TestCertificates.Identity identity = TestCertificates.elliptic(APPLICATION.clock().instant());
            scene.addCertificate(scene.addSubsystem("bare"), Contour.TEST, identity);
            return identity;
        });
    }
}
