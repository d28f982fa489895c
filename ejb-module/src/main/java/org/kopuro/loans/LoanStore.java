package org.kopuro.loans;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.installation.Installation;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.checks.CheckResult;

/** Loans as they are, read and written many at a time. Versions and counts of active loans the database writes itself. */
@Dependent
class LoanStore {

    /** Looked up once: jakarta.json.Json looks through the class path for it at each call. */
    private static final JsonProvider JSON = JsonProvider.provider();
    /** What is written of a loan besides what the bank states; the database's own columns are not among them. */
    private static final List<String> OTHERS = List.of("id", "contour", "version", "bank_id", "stage", "status", "status_at", "issued", "last_balance", "borrower_name", "region", "okved", "borrower",
            "verdict", "check_id", "rule_set_version", "sheet_id", "headcount", "maximum", "outside_stage", "warnings", "replaces", "created_at", "events", "changed_at", "actor", "actor_role",
            "source", "import_id", "import_row", "reason");
    private static final List<String> NAMES = Stream.concat(OTHERS.stream(), Stream.of(LoanField.values()).map(LoanField::column)).toList();
    private static final String COLUMNS = String.join(", ", NAMES);
    /** Looked at under one number. */
    private static final int WITHDRAWN_MAX = 100;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";

    @Inject
    private Sql sql;

    /** Nobody waits for ever for what another one holds. */
    void bePatient() {
        sql.call("select set_config('lock_timeout', '5s', true)");
    }

    /** What is due at the moment closes a connection, and what is announced for later does not, however late the clock is that writes it down. */
    Admission admission(UUID bank, Contour contour, Actor actor, Instant at) {
        Optional<UUID> system = actor.account().filter(subsystem -> actor.isSubsystem());
        return new Admission(sql.list("""
                select c.procedure_code, access.connection_state_at(c.id, ?) in ('CONNECTED', 'SUSPENSION_ANNOUNCED', 'TERMINATION_ANNOUNCED') passing, ?::uuid is null or exists (
                       select from access.access_right r join access.service s on s.code = r.service_code and s.kind = 'DIRECT'
                        where r.connection_id = c.id and r.subsystem_id = ? and r.revoked_at is null and ?::date between r.valid_from and coalesce(r.valid_to, 'infinity')) entitled
                  from access.connection c
                 where c.participant_id = ? and c.contour = ? and c.state <> 'DISCONNECTED' and access.connection_state_at(c.id, ?) <> 'DISCONNECTED'""",
                row -> Map.entry(row.text("procedure_code"), new Admission.Standing(row.flag("passing"), row.flag("entitled"))), at, system, system, LocalDate.ofInstant(at, Installation.ZONE), bank, contour, at)
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The bank's own, kept from others until the transaction ends. */
    List<Loan> hold(Collection<UUID> ids, UUID bank, Contour contour, boolean holding) {
        return ids.isEmpty() ? List.of() : held(() -> sql.list("select l.* from loans.loan l where l.id = any (?::uuid[]) and l.bank_id = ? and l.contour = ? order by l.id"
                + (holding ? " for update" : ""), LoanStore::loan, ids, bank, contour));
    }

    /** Those that have these numbers under these programmes and are not withdrawn; both lists have one length. */
    List<Loan> holdNumbered(List<String> programmes, List<String> numbers, UUID bank, Contour contour, boolean holding) {
        return numbers.isEmpty() ? List.of() : held(() -> sql.list("""
                select l.* from (select distinct k.programme, k.number from unnest(?::text[], ?::text[]) k (programme, number) order by 1, 2) k
                 cross join lateral (select l.* from loans.loan l where l.contour = ? and l.bank_id = ? and l.programme = k.programme and l.application_number = k.number and l.status <> 'WITHDRAWN'
                 %s) l""".formatted(holding ? "for update" : "offset 0"), LoanStore::loan, programmes, numbers, contour, bank));
    }

    /** The newest of those that have these numbers under these programmes and are withdrawn: what a file says of them may be what they were. */
    List<Loan> withdrawn(List<String> programmes, List<String> numbers, UUID bank, Contour contour) {
        return numbers.isEmpty() ? List.of() : sql.list("""
                select l.* from (select distinct k.programme, k.number from unnest(?::text[], ?::text[]) k (programme, number)) k
                 cross join lateral (select l.* from loans.loan l where l.contour = ? and l.bank_id = ? and l.programme = k.programme and l.application_number = k.number and l.status = 'WITHDRAWN'
                 order by l.created_at desc, l.id limit 1) l""", LoanStore::loan, programmes, numbers, contour, bank);
    }

    /** Those that have these numbers under these programmes and are withdrawn, of each number the newest first, and no more of one than anybody needs. */
    List<Loan> allWithdrawn(List<String> programmes, List<String> numbers, UUID bank, Contour contour) {
        return numbers.isEmpty() ? List.of() : sql.list("""
                select w.* from (select l.*, row_number() over (partition by l.programme, l.application_number order by l.created_at desc, l.id) newest from loans.loan l
                                  where (l.programme, l.application_number) in (select k.programme, k.number from unnest(?::text[], ?::text[]) k (programme, number))
                                    and l.bank_id = ? and l.contour = ? and l.status = 'WITHDRAWN') w
                 where w.newest <= ? order by w.programme, w.application_number, w.newest""", LoanStore::loan, programmes, numbers, bank, contour, WITHDRAWN_MAX);
    }

    /** How many active loans there are by key. */
    Map<ApplicantKey, Integer> counts(SortedSet<ApplicantKey> keys, Contour contour, boolean holding) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<String> programmes = keys.stream().map(ApplicantKey::programme).toList();
        List<String> inns = keys.stream().map(ApplicantKey::inn).toList();
        List<Integer> parts = keys.stream().map(ApplicantKey::part).toList();
        return held(() -> {
            if (holding) {
                sql.update("""
                        insert into loans.applicant (contour, programme, inn, part, policy)
                        select ?::kernel.contour, k.programme, k.inn, k.part, p.duplicate_policy
                          from unnest(?::text[], ?::text[], ?::integer[]) k (programme, inn, part) join loans.programme p on p.code = k.programme
                         order by k.programme, k.inn, k.part
                        on conflict do nothing""", contour.name(), programmes, inns, parts);
            }
            Map<ApplicantKey, Integer> counts = new HashMap<>();
            sql.each("""
                    select a.programme, a.inn, a.part, a.active from loans.applicant a
                     where a.contour = ? and (a.programme, a.inn, a.part) in (select k.programme, k.inn, k.part from unnest(?::text[], ?::text[], ?::integer[]) k (programme, inn, part))
                     order by a.programme, a.inn, a.part""" + (holding ? " for update" : ""),
                    row -> counts.put(new ApplicantKey(row.text("programme"), row.text("inn"), row.number("part")), row.number("active")), contour, programmes, inns, parts);
            return counts;
        });
    }

    /** The newest month of an application among the active loans of each key. */
    Map<ApplicantKey, String> months(List<ApplicantKey> keys, Contour contour) {
        Map<ApplicantKey, String> months = new HashMap<>();
        if (!keys.isEmpty()) {
            sql.each("""
                    select k.programme, k.inn, k.part, to_char(max(l.applied_at) at time zone 'Europe/Moscow', 'YYYY-MM') of_month
                      from unnest(?::text[], ?::text[], ?::integer[]) k (programme, inn, part)
                      join loans.loan l on l.contour = ? and l.inn = k.inn and l.programme = k.programme and l.status in ('FORMED', 'APPROVED') and (k.part = 0 or l.stage = k.part)
                     group by k.programme, k.inn, k.part""", row -> months.put(new ApplicantKey(row.text("programme"), row.text("inn"), row.number("part")), row.text("of_month")),
                    keys.stream().map(ApplicantKey::programme).toList(), keys.stream().map(ApplicantKey::inn).toList(), keys.stream().map(ApplicantKey::part).toList(), contour);
        }
        return months;
    }

    /**
     * Of how many other active loans of its key a regulator has found that they are different ones, by loan (LOAN-45).
     *
     * @param keys  of the loans asked for
     * @param moved under which keys loans will be that are not written yet; empty for whoever then counts no more
     */
    Map<UUID, Integer> different(Map<UUID, ApplicantKey> keys, Map<UUID, Optional<ApplicantKey>> moved, Contour contour) {
        Map<UUID, Integer> different = new HashMap<>();
        if (!keys.isEmpty()) {
            List<UUID> asked = List.copyOf(keys.keySet());
            List<UUID> moving = List.copyOf(moved.keySet());
            sql.each("""
                    select k.id, count(*) as pairs
                      from unnest(?::uuid[], ?::text[], ?::text[], ?::integer[]) k (id, programme, inn, part)
                      cross join lateral (select distinct on (r.other) r.other, r.outcome
                                            from (select a.second_id as other, a.number, a.outcome, a.programme, a.inn from loans.duplicate_review a where a.first_id = k.id
                                                  union all select b.first_id, b.number, b.outcome, b.programme, b.inn from loans.duplicate_review b where b.second_id = k.id) r
                                           where r.programme = k.programme and r.inn = k.inn order by r.other, r.number desc) r
                      left join unnest(?::uuid[], ?::text[], ?::text[], ?::integer[]) m (id, programme, inn, part) on m.id = r.other
                      left join loans.loan o on o.id = r.other and o.contour = ? and m.id is null and o.status in ('FORMED', 'APPROVED')
                     where r.outcome = 'DIFFERENT_LOAN' and coalesce(m.programme, o.programme) = k.programme and coalesce(m.inn, o.inn) = k.inn
                       and coalesce(m.part, loans.part_of(o.programme, o.stage)::integer) = k.part
                     group by k.id""",
                    row -> different.put(row.uuid("id"), row.number("pairs")), asked, asked.stream().map(id -> keys.get(id).programme()).toList(), asked.stream().map(id -> keys.get(id).inn()).toList(),
                    asked.stream().map(id -> keys.get(id).part()).toList(), moving, moving.stream().map(id -> moved.get(id).map(ApplicantKey::programme).orElse("")).toList(),
                    moving.stream().map(id -> moved.get(id).map(ApplicantKey::inn).orElse("")).toList(), moving.stream().map(id -> moved.get(id).map(ApplicantKey::part).orElse(0)).toList(), contour);
        }
        return different;
    }

    void insert(List<Loan> loans) {
        held(() -> {
            sql.copy("loans.loan (" + COLUMNS + ")", loans.stream().map(LoanStore::values).toList());
            return null;
        });
    }

    private static Object[] values(Loan loan) {
        JsonObject row = row(loan).build();
        return NAMES.stream().map(name -> value(row.get(name), name)).toArray();
    }

    private static Object value(JsonValue value, String column) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case STRING -> ((JsonString) value).getString();
            // The one array that is not a column of JSON.
            case ARRAY -> column.equals("events") ? value.asJsonArray().getValuesAs(JsonString::getString) : value.toString();
            default -> value.toString();
        };
    }

    void update(List<Loan> loans) {
        if (!loans.isEmpty() && held(() -> sql.update("""
                update loans.loan l set (%s) = row (%s) from jsonb_populate_recordset(null::loans.loan, ?::jsonb) n where l.id = n.id and l.version = n.version - 1"""
                .formatted(COLUMNS, "n." + COLUMNS.replace(", ", ", n.")), json(loans))) != loans.size()) {
            throw Refusal.of(LoanRefusal.VERSION_CONFLICT, "version", "");
        }
    }

    /** The cards of these versions as they are kept. */
    Map<UUID, String> cards(List<Loan> loans) {
        Map<UUID, String> cards = new HashMap<>();
        sql.each("""
                select v.loan_id, v.card::text card from loans.loan_version v join unnest(?::uuid[], ?::integer[]) k (id, version) on (v.loan_id, v.version) = (k.id, k.version)""",
                row -> cards.put(row.uuid("loan_id"), row.text("card")), loans.stream().map(Loan::id).toList(), loans.stream().map(Loan::version).toList());
        return cards;
    }

    private static <T> T held(Supplier<T> work) {
        try {
            return work.get();
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "loan_number_unique" -> Refusal.of(LoanRefusal.APPLICATION_NUMBER_TAKEN, LoanField.APPLICATION_NUMBER.json());
                case "loan_locked" -> Refusal.of(LoanRefusal.FIELD_LOCKED, LoanField.CONTRACT_DATE.json());
                // The policy on duplicates has changed since it was read.
                case "applicant_blocked", "applicant_policy_fk" -> Refusal.of(LoanRefusal.BUSY);
                default -> e.state().equals(LOCK_NOT_AVAILABLE) || e.state().equals(DEADLOCK) ? Refusal.of(LoanRefusal.BUSY) : e;
            };
        }
    }

    private static String json(List<Loan> loans) {
        JsonArrayBuilder rows = JSON.createArrayBuilder();
        loans.forEach(loan -> rows.add(row(loan)));
        return rows.build().toString();
    }

    private static JsonObjectBuilder row(Loan loan) {
        Loan.Judged judged = loan.judged();
        Loan.Change last = loan.last();
        JsonArrayBuilder warnings = JSON.createArrayBuilder();
        loan.warnings().forEach(warning -> warnings.add(JSON.createObjectBuilder().add("code", warning.code()).add("field", warning.field())));
        List<DatedSum> balances = loan.sums(LoanField.BALANCES);
        JsonObjectBuilder row = JSON.createObjectBuilder().add("id", loan.id().toString()).add("contour", loan.contour().name()).add("version", loan.version()).add("bank_id", loan.bank().toString())
                .add("stage", loan.stage()).add("status", loan.status().name()).add("status_at", LoanJson.moment(loan.statusAt())).add("issued", loan.issued())
                .add("last_balance", balances.isEmpty() ? JsonValue.NULL : JSON.createValue(balances.get(balances.size() - 1).kopecks()))
                .add("borrower_name", text(judged.name())).add("region", text(judged.region())).add("okved", text(judged.okved()))
                .add("borrower", judged.borrower().map(LoanStore::parsed).orElse(JsonValue.NULL)).add("verdict", judged.verdict().name()).add("check_id", judged.check().toString())
                .add("rule_set_version", judged.ruleSetVersion()).add("sheet_id", text(judged.sheet())).add("headcount", judged.headcount().<JsonValue>map(JSON::createValue).orElse(JsonValue.NULL))
                .add("maximum", judged.maximum().<JsonValue>map(JSON::createValue).orElse(JsonValue.NULL)).add("outside_stage", loan.outsideStage()).add("warnings", warnings)
                .add("replaces", text(loan.replaces())).add("created_at", LoanJson.moment(loan.createdAt())).add("events", JSON.createArrayBuilder(last.events().stream().map(Enum::name).toList()))
                .add("changed_at", LoanJson.moment(last.at())).add("actor", text(last.actor().account())).add("actor_role", last.actor().role()).add("source", last.source().name())
                .add("import_id", text(last.importing())).add("import_row", last.row().<JsonValue>map(JSON::createValue).orElse(JsonValue.NULL)).add("reason", text(last.reason()));
        for (LoanField field : LoanField.values()) {
            row.add(field.column(), LoanJson.stored(field, loan.stated().get(field)));
        }
        return row;
    }

    private static JsonValue parsed(String json) {
        try (jakarta.json.JsonReader reader = JSON.createReader(new java.io.StringReader(json))) {
            return reader.readValue();
        }
    }

    private static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(one -> JSON.createValue(one.toString())).orElse(JsonValue.NULL);
    }

    static Loan loan(Row row) {
        Map<LoanField, Object> stated = new EnumMap<>(LoanField.class);
        for (LoanField field : LoanField.values()) {
            Optional.ofNullable(LoanJson.value(field, row)).ifPresent(value -> stated.put(field, value));
        }
        Loan.Judged judged = new Loan.Judged(row.maybe("borrower_name", row::text), row.maybe("region", row::text), row.maybe("okved", row::text), row.maybe("borrower", row::text),
                row.as(CheckResult.Verdict.class, "verdict"), row.uuid("check_id"), row.number("rule_set_version"), row.maybe("sheet_id", row::uuid), row.maybe("headcount", row::number),
                row.maybe("maximum", row::large));
        List<Loan.Warning> warnings = new ArrayList<>();
        parsed(row.text("warnings")).asJsonArray().forEach(one -> warnings.add(new Loan.Warning(one.asJsonObject().getString("code"), one.asJsonObject().getString("field"))));
        Loan.Change last = new Loan.Change(row.all(String.class, "events").stream().map(LoanEvent::valueOf).toList(), row.instant("changed_at"),
                new Actor(row.maybe("actor", row::uuid), row.text("actor_role")), row.as(Placer.Source.class, "source"), row.maybe("import_id", row::uuid), row.maybe("import_row", row::number),
                row.maybe("reason", row::text));
        return new Loan(row.uuid("id"), row.as(Contour.class, "contour"), row.uuid("bank_id"), row.number("version"), row.as(LoanStatus.class, "status"), row.instant("status_at"), stated,
                row.number("stage"), row.flag("outside_stage"), judged, warnings, row.maybe("replaces", row::uuid), row.instant("created_at"), last);
    }
}
