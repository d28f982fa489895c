package org.kopuro.accessservices.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.CauseAnswer;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.access.requests.UnderDecrees;
import org.kopuro.accessservices.Application;
import org.kopuro.contract.access.v1.ApplicationForm;
import org.kopuro.contract.access.v1.ExitWish;
import org.kopuro.contract.access.v1.ProductionWish;
import org.kopuro.contract.access.v1.TestReport;
import org.kopuro.exchange.rest.JsonBody;

/** The schema is one for both protocols: bodies here are made of its types, field by field, and every field has to be read. */
class RestTakesWhatSoapTakesTest {

    private static final UUID PREVIOUS = UUID.randomUUID();

    @Test
    void aFormIsReadWhole() {
        Application read = Wanted.form(of(ApplicationForm.class));
        assertEquals(Optional.of(7), read.confirmedVersion());
        assertEquals(List.of(new CauseAnswer("code", "text")), read.answers());
        assertEquals(List.of(new SubsystemWish("code", Optional.of("name"), false)), read.subsystems());
        assertEquals(UnderDecrees.of(List.of("decree"), Optional.of("CONNECT")), read.underDecrees());
        assertEquals(Set.of("confirmation"), read.confirmations());
    }

    @Test
    void soAreAWishForProductionATestReportAndAnExit() {
        assertEquals(Optional.of(7), Wanted.production(of(ProductionWish.class)).confirmedVersion());
        JsonBody report = of(TestReport.class);
        report.text("report");
        assertEquals(List.of(new CauseAnswer("code", "text")), Wanted.test(report).answers());
        assertEquals(RequestKind.DISCONNECT, Wanted.exit(of(ExitWish.class)).kind());
    }

    private static JsonBody of(Class<?> type) {
        return JsonBody.of(whole(type).toString());
    }

    private static JsonObject whole(Class<?> type) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        for (Field field : type.getDeclaredFields()) {
            if (field.getType() == List.class) {
                out.add(field.getName(), Json.createArrayBuilder().add(value((Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0], field.getName())));
            } else {
                out.add(field.getName(), value(field.getType(), field.getName()));
            }
        }
        return out.build();
    }

    private static JsonValue value(Class<?> type, String name) {
        if (type == Integer.class || type == int.class) {
            return Json.createValue(7);
        }
        if (type == Boolean.class) {
            return JsonValue.FALSE;
        }
        if (type != String.class && type != byte[].class) {
            return whole(type);
        }
        return Json.createValue(switch (name) {
            case "kind", "action" -> "CONNECT";
            case "previous" -> PREVIOUS.toString();
            case "desiredDay", "day" -> "2026-12-01";
            case "ogrn" -> "1027700132195";
            case "inn" -> "00207199610017";
            case "russianInn" -> "7707083893";
            default -> name;
        });
    }
}
