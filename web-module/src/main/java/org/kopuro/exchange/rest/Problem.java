package org.kopuro.exchange.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.UUID;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;

/** Problem details (RFC 9457): {@code code} and {@code field} for programs, {@code detail} and {@code whatToDo} for people. */
public final class Problem {

    static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {
    }

    public static int status(RefusalCode code) {
        return switch (code.kind()) {
            case MALFORMED -> 400;
            case FORBIDDEN -> 403;
            case NOT_THERE -> 404;
            case CONFLICT -> 409;
            case GONE -> 410;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case RULE -> 422;
            case UNCONDITIONAL -> 428;
            case TOO_MANY -> 429;
            case PEER_FAILED -> 502;
            case UNAVAILABLE -> 503;
            case TIMED_OUT -> 504;
        };
    }

    static JsonObject of(Refusal refusal, Language language, UUID occurrence) {
        JsonObjectBuilder problem = Json.createObjectBuilder()
                .add("type", "urn:kopuro:refusal:" + refusal.code().name())
                .add("title", refusal.code().name())
                .add("status", status(refusal.code()))
                .add("code", refusal.code().name());
        if (refusal.field() != null) {
            problem.add("field", refusal.field());
        }
        return problem.add("detail", refusal.sentence(language)).add("whatToDo", refusal.whatToDo(language))
                .add("occurrence", occurrence.toString()).build();
    }

    /** Something that is not a refusal of ours: a status of the server, with its own stable code. */
    static JsonObject of(int status, String code, Language language, UUID occurrence) {
        ResourceBundle statuses = ResourceBundle.getBundle(Problem.class.getPackageName() + ".statuses", language.locale(), Problem.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        String text = statuses.containsKey(code) ? code : "OTHER";
        return Json.createObjectBuilder().add("type", "about:blank").add("title", code).add("status", status).add("code", code)
                .add("detail", statuses.getString(text)).add("whatToDo", statuses.getString(text + ".do")).add("occurrence", occurrence.toString()).build();
    }

    /** The language of whoever asks; Russian where the field cannot be read, as that is no reason to refuse anything, least of all to fail at a refusal. */
    public static Language language(HttpHeaders headers) {
        try {
            return language(headers.getAcceptableLanguages());
        } catch (ProcessingException | WebApplicationException e) {
            return Language.RU;
        }
    }

    /** The first language that the caller prefers and we speak. */
    public static Language language(List<Locale> accepted) {
        for (Locale locale : accepted) {
            for (Language language : Language.values()) {
                if (locale.getLanguage().equals(language.tag())) {
                    return language;
                }
            }
        }
        return Language.RU;
    }
}
