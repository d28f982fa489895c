package org.kopuro.access.duties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightView;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.Exchange;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** Two services of a test’s own, and who announces outages and changes of them. It is Monday, 2 March 2026. */
abstract class AnnouncementScene {

    /** The first day that leaves three full working days after 2 March. */
    static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
    final Scene scene = new Scene();
    final String service = service(Scene.PROCEDURE);
    final String another = service(Scene.PROCEDURE);

    static String service(String procedure) {
        String code = "s" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'Название', 'Аталышы', 'Title', ?)", code, procedure);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-09-07', false, 'NOT_USED', true)", code);
        return code;
    }

    NewOutage outage(String code, int dayOfMarch) {
        Instant start = bishkek("2026-03-%02dT22:00".formatted(dayOfMarch));
        return new NewOutage(Set.of(code), start, start.plus(Duration.ofHours(1)), "New disks", Optional.empty());
    }

    NewOutage emergency() {
        return new NewOutage(Set.of(service), now(), now().plus(Duration.ofHours(1)), "A disk failed", Optional.of("Data are in danger"));
    }

    AnnouncementView publish(NewOutage outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.publish(outage, Contour.TEST, Scene.OFFICIAL));
    }

    AnnouncementView publish(NewChange change) {
        return scene.application.with(Announcements.class, announcements -> announcements.publish(change, Contour.TEST, Scene.OFFICIAL));
    }

    List<Affected> preview(NewOutage outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.preview(outage, Contour.TEST));
    }

    AnnouncementView withdraw(AnnouncementView outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.withdraw(outage.id(), outage.kind(), Contour.TEST, "not needed", Scene.OFFICIAL));
    }

    AnnouncementView endEarly(AnnouncementView outage) {
        return scene.application.with(Announcements.class, announcements -> announcements.endEarly(outage.id(), Contour.TEST, "done", Scene.OFFICIAL));
    }

    long emergencies(Instant since) {
        Function<Announcements, Long> count = announcements -> announcements.emergencies(AnnouncementKind.OUTAGE, Contour.TEST, since);
        return scene.application.with(Announcements.class, count);
    }

    Scene other(Contour contour) {
        return new Scene(contour, scene.application);
    }

    static AccessRightView grant(Scene to, String code) {
        return to.grant(to.subsystem, code, to.today(), null);
    }

    Answer<String> call() {
        return scene.application.with(Exchange.class, exchange -> exchange.answer(scene.call(service, null), () -> Asked.about(scene.inn), (contour, asked) -> Optional.of("data"),
                TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
    }

    Refusal assertUnavailable() {
        Refusal refusal = assertInstanceOf(Answer.Refused.class, call()).refusal();
        assertEquals(AccessRefusal.SERVICE_UNAVAILABLE_PLANNED, refusal.code());
        return refusal;
    }

    static List<String> kinds(AnnouncementView announcement) {
        return Rows.of("select distinct kind from notices.notice where about_id = ? order by kind", announcement.id().value());
    }

    Instant now() {
        return scene.application.clock().instant();
    }

    static Instant bishkek(String text) {
        return LocalDateTime.parse(text).atZone(Installation.ZONE).toInstant();
    }

    static Refusal assertRefused(RefusalCode code, Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
