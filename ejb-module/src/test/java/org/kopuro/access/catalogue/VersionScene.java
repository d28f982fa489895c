package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.duties.AnnouncementKind;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.NewChange;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** A service of its own, versions of whose contract come and go. The day is Monday, 2 March 2026; announced today, a change may be of Friday. */
abstract class VersionScene {

    static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
    static final Instant THURSDAY = LocalDate.of(2026, 3, 12).atStartOfDay(Installation.ZONE).toInstant();
    static final String NOTE = "<xs:element name=\"note\" type=\"xs:string\" minOccurs=\"0\"/>";
    static final String MUST = "<xs:element name=\"must\" type=\"xs:string\"/>";

    final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    final String service = Contracts.aService();

    long countEmergencies() {
        return application.with(Versions.class, versions -> versions.countEmergencies(Contour.PRODUCTION, Instant.EPOCH));
    }

    UUID announced(NewChange change) {
        return application.with(Announcements.class, announcements -> announcements.publish(change, Contour.PRODUCTION, Scene.OFFICIAL)).id().value();
    }

    Scene consumer(Contour contour) {
        Scene scene = new Scene(contour, application);
        if (contour == Contour.PRODUCTION) {
            scene.alsoAgree(service);
        }
        scene.grant(scene.subsystem, service, scene.today(), null);
        return scene;
    }

    void call(Scene scene) {
        application.with(Exchange.class, exchange -> exchange.answer(scene.call(service, null), () -> Asked.about(scene.inn), (contour, asked) -> Optional.of("data"),
                TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
    }

    /** The outcome, and what the ledger says of the version. */
    String call(Scene scene, String version) {
        Call call = scene.call(service, null);
        ServiceAddress to = call.service();
        Answer<String> answer = application.with(Exchange.class, exchange -> exchange.answer(new Call(call.client(), new ServiceAddress(to.instance(), to.memberClass(), to.memberCode(),
                to.subsystemCode(), service, Optional.ofNullable(version)), call.messageId(), call.userId(), call.issue(), call.consentToken(), call.credential(), call.remoteAddress()),
                () -> Asked.about(scene.inn), (contour, asked) -> Optional.of("data"), TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
        return Rows.of("select concat_ws(' ', content::json -> 'data' ->> 'outcome', content::json -> 'data' ->> 'serviceVersion') from ledger.entry where id = ?", answer.occurrence()).get(0);
    }

    LocalDate scenesToday() {
        return LocalDate.ofInstant(application.clock().instant(), Installation.ZONE);
    }

    VersionView draft(String version, Contour contour, String moreElements) {
        if (contour == Contour.PRODUCTION && Rows.of("select 1 from access.served_version where service_code = ? and contour = 'TEST' and version = ?", service, version).isEmpty()) {
            Contracts.serve(application, service, version, Contour.TEST);
        }
        return Contracts.draft(application, service, version, contour, moreElements);
    }

    VersionView get(VersionView version) {
        return application.with(Versions.class, versions -> versions.get(version.id(), version.contour()));
    }

    VersionView announce(VersionView version) {
        return announce(version, FRIDAY);
    }

    VersionView announce(VersionView version, LocalDate firstDay) {
        return application.with(Versions.class, versions -> versions.announce(version.id(), version.contour(), firstDay, "Another schema", Scene.OFFICIAL));
    }

    VersionView apply(VersionView version, VersionEvent event) {
        return Contracts.apply(application, event, version);
    }

    void withdraw(VersionView version) {
        application.run(Announcements.class, announcements -> announcements.withdraw(version.announcement().orElseThrow(), AnnouncementKind.CHANGE, version.contour(), "x", Scene.OFFICIAL));
    }

    static Instant friday() {
        return FRIDAY.atStartOfDay(Installation.ZONE).toInstant();
    }

    static List<Throwable> atOnce(Runnable... works) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        try {
            List<Future<?>> started = new ArrayList<>();
            for (Runnable work : works) {
                started.add(threads.submit(work));
            }
            List<Throwable> failures = new ArrayList<>();
            for (Future<?> one : started) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
            return failures;
        } finally {
            threads.shutdown();
        }
    }

    /** By which constraint, or in which words. */
    static String refusedByTheDatabase(String sql, Object... parameters) {
        try (Connection connection = TestDatabase.shared().application().getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            SQLException refused = assertThrows(SQLException.class, statement::executeUpdate);
            return BrokenConstraint.in(refused).orElse(refused.getMessage().replaceAll("(?s)^ERROR: |\n.*", ""));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Refusal assertRefused(RefusalCode code, Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
