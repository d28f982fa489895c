package org.kopuro.access.procedures;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonConfig;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.notices.Heading;

/**
 * A whole version as JSON, as it is shown and as it is published: what {@link #write} gives, {@link #read} takes. Nothing is left to defaults: every rule, purpose and
 * matter is named, with null where the procedure sets no time, wants no subject or names no address; what is published says something of every matter.
 */
final class ProcedureDocument {

    static final int CHARACTERS_MAX = 256 * 1024;

    private static final int DAYS_MAX = 400;
    private static final int LIST_MAX = 200;
    private static final int TEXT_MAX = 1000;
    private static final int ADDRESS_MAX = 300;
    /** Without these no request can be judged. */
    private static final Set<DeadlineRule> NEEDED = EnumSet.range(DeadlineRule.CONFIRM_REQUEST, DeadlineRule.SUPPLY_INFORMATION);

    private final JsonObject object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private ProcedureDocument(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** A version that is complete and sound in itself; whether it fits those before it is another matter. */
    static Procedure read(String text) {
        ProcedureDocument document = new ProcedureDocument(parsed(text), "");
        String code = document.matching("code", "[A-Z][A-Za-z0-9-]{0,31}");
        int version = document.number("version", Integer.MAX_VALUE);
        String calendar = document.text("calendar", 16);
        Map<Language, String> titles = document.texts("titles");
        LocalDate firstDay = Input.day(document.text("firstDay", 10), "firstDay");
        String source = document.text("source", TEXT_MAX);
        List<Contour> contours = document.contours();
        Channel channel = document.channel();
        Map<Matter, Provision> provisions = document.provisions();
        Optional<List<String>> senderZones = document.senderZones();
        boolean jointTest = document.flag("jointTestRequired");
        boolean agreement = document.flag("agreementRequired");
        boolean ogrn = document.flag("ogrnRequired");
        boolean inn = document.flag("innRequired");
        boolean waived = document.flag("stoppingProofWaived");
        Map<DeadlineRule, DeadlineTerm> deadlines = document.deadlines();
        List<ChecklistItem> items = document.list("items", ProcedureDocument::item, (one, other) -> one.kind() == other.kind() && one.contour() == other.contour() && one.code().equals(other.code()));
        List<Ground> grounds = document.list("grounds", ProcedureDocument::ground, (one, other) -> one.measure() == other.measure() && one.code().equals(other.code()));
        Map<Purpose, String> subjects = document.subjects();
        List<RequiredDocument> documents = document.list("productDocuments", ProcedureDocument::requiredDocument, (one, other) -> one.role() == other.role() && one.kind() == other.kind());
        List<Decree> decrees = document.decrees();
        document.end();
        for (int i = 0; i < items.size(); i++) {
            if (!contours.contains(items.get(i).contour())) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, "items[" + i + "].contour");
            }
        }
        return new Procedure(code, version, calendar, titles, firstDay, Optional.empty(), source, contours, channel, provisions, senderZones, jointTest, agreement, ogrn, inn, waived, deadlines, items, grounds, subjects, documents, decrees);
    }

    static String write(Procedure procedure) {
        JsonObjectBuilder deadlines = Json.createObjectBuilder();
        for (DeadlineRule rule : DeadlineRule.values()) {
            procedure.deadline(rule).ifPresentOrElse(term -> deadlines.add(rule.name(), json(term)),
                    () -> deadlines.addNull(rule.name()));
        }
        JsonArrayBuilder items = Json.createArrayBuilder();
        procedure.items().forEach(item -> items.add(Json.createObjectBuilder().add("kind", item.kind().name()).add("contour", item.contour().name()).add("code", item.code())
                .add("side", item.side().name()).add("texts", json(item.texts())).add("source", item.source())));
        JsonArrayBuilder grounds = Json.createArrayBuilder();
        procedure.grounds().forEach(ground -> grounds.add(Json.createObjectBuilder().add("measure", ground.measure().name()).add("code", ground.code())
                .add("immediate", ground.immediate()).add("texts", json(ground.texts())).add("source", ground.source())
                .add("incident", ground.incidentKind().<JsonValue>map(Json::createValue).orElse(JsonValue.NULL))));
        JsonObjectBuilder subjects = Json.createObjectBuilder();
        for (Purpose purpose : Purpose.values()) {
            procedure.subject(purpose).ifPresentOrElse(subject -> subjects.add(purpose.name(), subject), () -> subjects.addNull(purpose.name()));
        }
        JsonObjectBuilder out = Json.createObjectBuilder().add("code", procedure.code()).add("version", procedure.version()).add("calendar", procedure.calendar())
                .add("titles", json(procedure.titles())).add("firstDay", procedure.validFrom().toString()).add("source", procedure.source());
        JsonObjectBuilder channel = Json.createObjectBuilder().add("kind", procedure.channel().kind().name());
        procedure.channel().address().ifPresentOrElse(address -> channel.add("address", address), () -> channel.addNull("address"));
        JsonObjectBuilder provisions = Json.createObjectBuilder();
        for (Matter matter : Matter.values()) {
            procedure.provision(matter).ifPresentOrElse(said -> provisions.add(matter.name(), Json.createObjectBuilder().add("texts", json(said.texts())).add("source", said.source())),
                    () -> provisions.addNull(matter.name()));
        }
        out.add("contours", Json.createArrayBuilder(procedure.contours().stream().map(Contour::name).toList())).add("channel", channel).add("provisions", provisions);
        procedure.senderZones().ifPresentOrElse(zones -> out.add("senderZones", Json.createArrayBuilder(zones)), () -> out.addNull("senderZones"));
        out.add("jointTestRequired", procedure.jointTestRequired()).add("agreementRequired", procedure.agreementRequired()).add("ogrnRequired", procedure.ogrnRequired())
                .add("innRequired", procedure.innRequired()).add("stoppingProofWaived", procedure.stoppingProofWaived())
                .add("deadlines", deadlines).add("items", items).add("grounds", grounds).add("subjects", subjects);
        JsonArrayBuilder documents = Json.createArrayBuilder();
        procedure.documents().forEach(one -> documents.add(Json.createObjectBuilder().add("role", one.role().name()).add("kind", one.kind().name()).add("source", one.source())));
        out.add("productDocuments", documents);
        out.add("decrees", Json.createArrayBuilder(procedure.decrees().stream().map(Decree::code).toList()));
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true)).createWriter(text)) {
            writer.write(out.build());
        }
        return text.toString().strip() + "\n";
    }

    private static JsonObjectBuilder json(Map<Language, String> texts) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            out.add(language.tag(), texts.get(language));
        }
        return out;
    }

    private static JsonObject parsed(String text) {
        if (text.length() > CHARACTERS_MAX) {
            throw Refusal.of(InputRefusal.REQUEST_TOO_LARGE, "document", CHARACTERS_MAX);
        }
        // A name that stands twice would silently win over the first.
        try (JsonReader reader = Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE)).createReader(new StringReader(text))) {
            if (reader.readValue() instanceof JsonObject object) {
                return object;
            }
        } catch (RuntimeException e) {
            // The parser throws a bare RuntimeException when the nesting is too deep, its own types for the rest.
            throw Refusal.of(InputRefusal.BODY_NOT_JSON);
        }
        throw Refusal.of(InputRefusal.BODY_NOT_JSON);
    }

    private static JsonObjectBuilder json(DeadlineTerm term) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("workingDays", term.workingDays()).add("source", term.source());
        return term.fromAgreement() ? out.add("fromAgreement", true) : out;
    }

    private Map<DeadlineRule, DeadlineTerm> deadlines() {
        ProcedureDocument all = nested(value("deadlines"), "deadlines");
        Map<DeadlineRule, DeadlineTerm> deadlines = new EnumMap<>(DeadlineRule.class);
        for (DeadlineRule rule : DeadlineRule.values()) {
            JsonValue term = all.object.get(rule.name());
            if (term == null || term == JsonValue.NULL && NEEDED.contains(rule)) {
                throw Refusal.of(ProcedureRefusal.PROCEDURE_RULE_MISSING, all.path + rule.name(), rule.name());
            }
            all.read.add(rule.name());
            if (term != JsonValue.NULL) {
                ProcedureDocument one = all.nested(term, rule.name());
                deadlines.put(rule, new DeadlineTerm(rule.direction(), one.number("workingDays", DAYS_MAX), one.text("source", TEXT_MAX), one.fromAgreement(rule)));
                one.end();
            }
        }
        all.end();
        return deadlines;
    }

    /** Left out where it says nothing else than other deadlines do. */
    private boolean fromAgreement(DeadlineRule rule) {
        boolean from = object.containsKey("fromAgreement") && flag("fromAgreement");
        if (from && rule != DeadlineRule.DECIDE_PRODUCTION) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + "fromAgreement");
        }
        return from;
    }

    private Map<Purpose, String> subjects() {
        ProcedureDocument all = nested(value("subjects"), "subjects");
        Map<Purpose, String> subjects = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            if (all.value(purpose.name()) != JsonValue.NULL) {
                subjects.put(purpose, Heading.checked(all.string(purpose.name()), all.path + purpose.name()));
            }
        }
        all.end();
        return subjects;
    }

    private ChecklistItem item() {
        ChecklistItem item = new ChecklistItem(oneOf(RequestKind.class, "kind"), oneOf(Contour.class, "contour"), matching("code", "[A-Z][A-Z0-9_]{0,63}"),
                oneOf(ChecklistItem.Side.class, "side"), texts("texts"), text("source", TEXT_MAX));
        if (item.kind() == RequestKind.JOINT_TEST && item.contour() != Contour.TEST) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + "contour");
        }
        return item;
    }

    private RequiredDocument requiredDocument() {
        return new RequiredDocument(oneOf(ProductRole.class, "role"), oneOf(ProductDocumentKind.class, "kind"), text("source", TEXT_MAX));
    }

    private Ground ground() {
        Ground ground = new Ground(oneOf(Measure.class, "measure"), matching("code", "[A-Z][A-Z0-9_]{0,63}"), flag("immediate"), texts("texts"), text("source", TEXT_MAX),
                value("incident") == JsonValue.NULL ? Optional.empty() : Optional.of(matching("incident", "[A-Z][A-Z0-9_]{0,63}")));
        if (ground.measure() == Measure.TERMINATION && ground.immediate()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + "immediate");
        }
        return ground;
    }

    /** Each once, in their own order, at least one. */
    private List<Contour> contours() {
        if (value("contours") instanceof JsonArray array) {
            for (List<Contour> all : List.of(List.of(Contour.TEST), List.of(Contour.PRODUCTION), List.of(Contour.TEST, Contour.PRODUCTION))) {
                if (array.equals(Json.createArrayBuilder(all.stream().map(Contour::name).toList()).build())) {
                    return all;
                }
            }
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, "contours");
    }

    private Channel channel() {
        ProcedureDocument one = nested(value("channel"), "channel");
        Channel channel = new Channel(one.oneOf(Channel.Kind.class, "kind"), one.value("address") == JsonValue.NULL ? Optional.empty() : Optional.of(one.text("address", ADDRESS_MAX)));
        one.end();
        return channel;
    }

    private Map<Matter, Provision> provisions() {
        ProcedureDocument all = nested(value("provisions"), "provisions");
        Map<Matter, Provision> provisions = new EnumMap<>(Matter.class);
        for (Matter matter : Matter.values()) {
            ProcedureDocument one = all.nested(all.value(matter.name()), matter.name());
            provisions.put(matter, new Provision(one.texts("texts"), one.text("source", TEXT_MAX)));
            one.end();
        }
        all.end();
        return provisions;
    }

    /** By their codes alone: how they are called is theirs to say. */
    private List<Decree> decrees() {
        if (!(value("decrees") instanceof JsonArray array) || array.size() > LIST_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "decrees");
        }
        List<Decree> all = array.stream().map(code -> {
            if (code instanceof JsonString text && text.getString().matches("[0-9A-Za-z][0-9A-Za-z-]{0,31}")) {
                return new Decree(text.getString(), Map.of());
            }
            throw Refusal.of(InputRefusal.FIELD_INVALID, "decrees");
        }).toList();
        if (all.stream().distinct().count() < all.size()) {
            throw Refusal.of(ProcedureRefusal.PROCEDURE_ENTRY_TWICE, "decrees");
        }
        return all;
    }

    private Optional<List<String>> senderZones() {
        JsonValue value = value("senderZones");
        if (value == JsonValue.NULL) {
            return Optional.empty();
        }
        // An empty list would let nobody in.
        if (!(value instanceof JsonArray array) || array.isEmpty() || array.size() > LIST_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "senderZones");
        }
        return Optional.of(array.stream().map(zone -> {
            if (zone instanceof JsonString text && text.getString().matches("[a-z][a-z0-9-]{1,62}")) {
                return text.getString();
            }
            throw Refusal.of(InputRefusal.FIELD_INVALID, "senderZones");
        }).toList());
    }

    private <T> List<T> list(String name, Function<ProcedureDocument, T> entry, BiPredicate<T, T> same) {
        if (!(value(name) instanceof JsonArray array) || array.size() > LIST_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
        }
        List<T> all = IntStream.range(0, array.size()).mapToObj(index -> {
            ProcedureDocument one = nested(array.get(index), name + "[" + index + "]");
            T taken = entry.apply(one);
            one.end();
            return taken;
        }).toList();
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (same.test(all.get(i), all.get(j))) {
                    throw Refusal.of(ProcedureRefusal.PROCEDURE_ENTRY_TWICE, path + name + "[" + i + "]");
                }
            }
        }
        return all;
    }

    private Map<Language, String> texts(String name) {
        ProcedureDocument all = nested(value(name), name);
        Map<Language, String> texts = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            texts.put(language, all.text(language.tag(), TEXT_MAX));
        }
        all.end();
        return texts;
    }

    private ProcedureDocument nested(JsonValue value, String name) {
        if (value instanceof JsonObject within) {
            return new ProcedureDocument(within, path + name + ".");
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
    }

    private <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return Input.oneOf(type, string(name), path + name);
    }

    private String matching(String name, String pattern) {
        String text = string(name);
        if (!text.matches(pattern)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
        }
        return text;
    }

    private String text(String name, int limit) {
        return Input.text(string(name), path + name, limit);
    }

    private String string(String name) {
        if (value(name) instanceof JsonString text) {
            return text.getString();
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
    }

    private int number(String name, int most) {
        if (value(name) instanceof JsonNumber number && number.isIntegral() && number.bigIntegerValueExact().bitLength() < 32 && number.intValue() > 0 && number.intValue() <= most) {
            return number.intValue();
        }
        throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
    }

    private boolean flag(String name) {
        JsonValue value = value(name);
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, path + name);
        }
        return value == JsonValue.TRUE;
    }

    private JsonValue value(String name) {
        read.add(name);
        return Optional.ofNullable(object.get(name)).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, path + name));
    }

    /** What nobody asked for is a mistake in a name, and would be lost. */
    private void end() {
        object.keySet().stream().filter(name -> !read.contains(name)).sorted().findFirst().ifPresent(name -> {
            throw Refusal.of(InputRefusal.FIELD_UNKNOWN, path + name.substring(0, Math.min(60, name.length())));
        });
    }
}
