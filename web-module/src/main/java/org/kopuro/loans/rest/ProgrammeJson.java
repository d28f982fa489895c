package org.kopuro.loans.rest;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.AccreditationView;
import org.kopuro.loans.programmes.Period;
import org.kopuro.loans.programmes.Programme;
import org.kopuro.loans.programmes.ProgrammeChangeView;
import org.kopuro.loans.programmes.RegulatorAccount;
import org.kopuro.loans.programmes.RegulatorView;

/** Programmes and who has to do with them as JSON. */
final class ProgrammeJson {

    private ProgrammeJson() {
    }

    /** A text in every language. */
    static Map<Language, String> texts(JsonBody json, String name) {
        JsonBody nested = json.optionalObject(name).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, name));
        Map<Language, String> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            texts.put(language, nested.text(language.tag()));
        }
        nested.end();
        return texts;
    }

    static Period period(JsonBody json) {
        LocalDate from = Input.day(json.text("from"), "from");
        return new Period(from, json.optionalText("to").map(day -> Input.day(day, "to")));
    }

    static JsonObject json(Programme programme, Optional<List<Period>> accredited) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("code", programme.code()).add("decreedOn", programme.decreedOn().toString()).add("titles", json(programme.titles()))
                .add("sector", programme.sector()).add("regulator", programme.regulator()).add("entryPoint", programme.entryPoint().name())
                .add("duplicatePolicy", programme.duplicatePolicy().name()).add("stagesApart", programme.stagesApart()).add("activeFrom", programme.activeFrom().toString());
        programme.activeTo().ifPresent(day -> out.add("activeTo", day.toString()));
        out.add("procedure", programme.procedure());
        accredited.ifPresent(periods -> {
            JsonArrayBuilder all = Json.createArrayBuilder();
            periods.forEach(period -> all.add(json(Json.createObjectBuilder(), period)));
            out.add("accredited", all);
        });
        return out.build();
    }

    static JsonObjectBuilder json(AccreditationView one) {
        JsonObjectBuilder out = json(Json.createObjectBuilder().add("id", one.id().toString()).add("bank", one.bank().toString()).add("bankName", one.bankName()).add("programme", one.programme()),
                one.period()).add("reason", one.reason()).add("givenAt", one.givenAt().toString()).add("givenBy", one.givenBy().toString());
        one.endedAt().ifPresent(at -> out.add("endedAt", at.toString()));
        one.endedBy().ifPresent(by -> out.add("endedBy", by.toString()));
        one.endReason().ifPresent(reason -> out.add("endReason", reason));
        return out;
    }

    static JsonObjectBuilder json(ProgrammeChangeView one) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", one.id().toString()).add("programme", one.programme()).add("state", one.outcome().map(Enum::name).orElse("PROPOSED"));
        one.change().duplicatePolicy().ifPresent(policy -> out.add("duplicatePolicy", policy.name()));
        one.change().regulator().ifPresent(regulator -> out.add("regulator", regulator));
        one.change().sector().ifPresent(sector -> out.add("sector", sector));
        one.change().entryPoint().ifPresent(point -> out.add("entryPoint", point.name()));
        one.change().activeTo().ifPresent(day -> out.add("activeTo", day.toString()));
        out.add("reason", one.reason()).add("proposedAt", one.proposedAt().toString()).add("proposedBy", one.proposedBy().toString());
        one.decidedAt().ifPresent(at -> out.add("decidedAt", at.toString()));
        one.decidedBy().ifPresent(by -> out.add("decidedBy", by.toString()));
        one.remark().ifPresent(remark -> out.add("remark", remark));
        return out;
    }

    static JsonObjectBuilder json(RegulatorView one) {
        return Json.createObjectBuilder().add("code", one.code()).add("names", json(one.names())).add("programmes", Json.createArrayBuilder(one.programmes()));
    }

    static JsonObjectBuilder json(RegulatorAccount one) {
        return Json.createObjectBuilder().add("account", one.account().toString()).add("login", one.login()).add("fullName", one.fullName()).add("addedAt", one.addedAt().toString())
                .add("addedBy", one.addedBy().toString());
    }

    private static JsonObjectBuilder json(JsonObjectBuilder out, Period period) {
        out.add("from", period.from().toString());
        period.to().ifPresent(day -> out.add("to", day.toString()));
        return out;
    }

    private static JsonObjectBuilder json(Map<Language, String> texts) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            out.add(language.tag(), texts.get(language));
        }
        return out;
    }
}
