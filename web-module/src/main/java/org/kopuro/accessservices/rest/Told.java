package org.kopuro.accessservices.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.duties.ReportView;
import org.kopuro.access.requests.RequestView;
import org.kopuro.accessservices.CatalogueOffer;
import org.kopuro.accessservices.RequestPage;
import org.kopuro.accessservices.RequestStanding;
import org.kopuro.accessservices.Standing;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NoticeView;
import org.kopuro.participants.SubsystemId;

/** What the facade tells as JSON. */
final class Told {

    private Told() {
    }

    static JsonObject standing(RequestStanding standing) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("request", request(standing.request(), standing.subsystems()));
        JsonArrayBuilder gaps = Json.createArrayBuilder();
        standing.gaps().forEach(gap -> gaps.add(Json.createObjectBuilder().add("code", gap.code()).add("text", gap.text()).add("source", gap.source())));
        out.add("gap", gaps);
        standing.questions().ifPresent(questions -> out.add("questions", questions));
        standing.deadline().ifPresent(deadline -> out.add("deadline", moment(deadline)));
        return out.build();
    }

    static JsonObject page(RequestPage page) {
        JsonArrayBuilder requests = Json.createArrayBuilder();
        page.requests().forEach(request -> requests.add(request(request, page.subsystems())));
        return Json.createObjectBuilder().add("request", requests).build();
    }

    private static JsonObjectBuilder request(RequestView request, Map<SubsystemId, String> subsystems) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", request.id().value().toString()).add("number", request.number()).add("kind", request.kind().name())
                .add("contour", request.contour().name()).add("procedure", request.procedure()).add("version", request.version()).add("state", request.state().name())
                .add("since", moment(request.since())).add("receivedAt", moment(request.receivedAt())).add("answerEmail", request.answerEmail());
        request.desiredDay().ifPresent(day -> out.add("desiredDay", day.toString()));
        request.previous().ifPresent(previous -> out.add("previous", previous.value().toString()));
        JsonArrayBuilder services = Json.createArrayBuilder();
        request.services().forEach(wish -> {
            JsonObjectBuilder wanted = Json.createObjectBuilder().add("subsystem", subsystems.get(wish.subsystem())).add("service", wish.service()).add("drops", wish.drops());
            wish.purpose().ifPresent(purpose -> wanted.add("purpose", purpose));
            services.add(wanted);
        });
        JsonArrayBuilder causes = Json.createArrayBuilder();
        request.causes().forEach(cause -> causes.add(Json.createObjectBuilder().add("code", cause.code()).add("text", cause.text())));
        if (!request.underDecrees().decrees().isEmpty()) {
            out.add("decree", Json.createArrayBuilder(request.underDecrees().decrees()));
        }
        request.underDecrees().action().ifPresent(action -> out.add("action", action.name()));
        return out.add("service", services).add("cause", causes);
    }

    static JsonObject report(ReportView report) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", report.id().value().toString()).add("number", report.number()).add("kind", report.kind().name())
                .add("contour", report.contour().name()).add("procedure", report.procedure()).add("receivedAt", moment(report.receivedAt()));
        report.day().ifPresent(day -> out.add("day", day.toString()));
        report.start().ifPresent(start -> out.add("start", moment(start)));
        report.end().ifPresent(end -> out.add("end", moment(end)));
        report.dueAt().ifPresent(due -> out.add("dueAt", moment(due)));
        report.late().ifPresent(late -> out.add("late", late));
        return out.build();
    }

    static JsonObject services(List<CatalogueOffer> services) {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (CatalogueOffer offered : services) {
            JsonArrayBuilder titles = Json.createArrayBuilder();
            for (Language language : Language.values()) {
                titles.add(Json.createObjectBuilder().add("language", language.tag()).add("value", offered.service().titles().get(language)));
            }
            rows.add(Json.createObjectBuilder().add("code", offered.service().code()).add("version", offered.service().version()).add("procedure", offered.service().procedure())
                    .add("title", titles).add("enabled", offered.service().enabled()).add("disclosesTaxSecret", offered.service().rule().disclosesTaxSecret())
                    .add("tokenRule", offered.service().rule().tokenRule().name()).add("mayCall", offered.mayCall()));
        }
        return Json.createObjectBuilder().add("service", rows).build();
    }

    static JsonObject notices(List<NoticeView> notices) {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        notices.forEach(notice -> rows.add(Json.createObjectBuilder().add("id", notice.id().toString()).add("kind", notice.kind().name()).add("language", notice.language().tag())
                .add("subject", notice.subject()).add("body", notice.body()).add("writtenAt", moment(notice.writtenAt()))));
        return Json.createObjectBuilder().add("notice", rows).build();
    }

    static JsonObject read(int count) {
        return Json.createObjectBuilder().add("count", count).build();
    }

    static JsonObject standing(Standing standing) {
        JsonArrayBuilder connections = Json.createArrayBuilder();
        for (ConnectionView connection : standing.connections()) {
            JsonObjectBuilder row = Json.createObjectBuilder().add("procedure", connection.procedure()).add("contour", connection.contour().name())
                    .add("state", connection.state().name()).add("passesCalls", connection.state().passesCalls()).add("since", moment(connection.since()));
            connection.ground().ifPresent(ground -> row.add("ground", ground));
            row.add("reason", connection.reason());
            connection.announcedFor().ifPresent(at -> row.add("announcedFor", moment(at)));
            connections.add(row);
        }
        JsonArrayBuilder agreements = Json.createArrayBuilder();
        for (AgreementView agreement : standing.agreements()) {
            JsonObjectBuilder row = Json.createObjectBuilder().add("number", agreement.number()).add("procedure", agreement.procedure()).add("state", agreement.state().name());
            agreement.terms().ifPresent(terms -> row.add("firstDay", terms.firstDay().toString()));
            agreement.terms().flatMap(terms -> terms.lastDay()).ifPresent(day -> row.add("lastDay", day.toString()));
            agreement.announcedFor().ifPresent(at -> row.add("announcedFor", moment(at)));
            agreements.add(row);
        }
        return Json.createObjectBuilder().add("connection", connections).add("agreement", agreements).build();
    }

    /** In UTC, to the millisecond. */
    private static String moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
