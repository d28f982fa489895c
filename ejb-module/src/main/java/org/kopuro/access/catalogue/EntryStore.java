package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.ServiceRule;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Revisions of entries and their confirmations. */
@Dependent
class EntryStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;
    @Inject
    private Sql sql;

    /** By service. */
    Map<String, EntryView.Revision> newest() {
        try (PreparedStatement statement = prepare("""
                select distinct on (e.service_code) e.*,
                       greatest(e.at, (select max(c.at) from access.catalogue_confirmation c where c.service_code = e.service_code and c.revision = e.revision)) confirmed_at
                  from access.catalogue_entry e order by e.service_code, e.revision desc"""); ResultSet row = statement.executeQuery()) {
            Map<String, EntryView.Revision> newest = new HashMap<>();
            while (row.next()) {
                newest.put(row.getString("service_code"), new EntryView.Revision(row.getInt("revision"), Map.of(Language.RU, row.getString("description_ru"),
                        Language.KY, row.getString("description_ky"), Language.EN, row.getString("description_en")), row.getString("protocol"),
                        Optional.ofNullable(row.getObject("owner_account", UUID.class)), Optional.ofNullable(row.getString("owner_unit")), row.getInt("confirm_within_days"),
                        row.getObject("confirmed_at", OffsetDateTime.class).toInstant()));
            }
            return newest;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isServiceOwner(UUID account) {
        return !entities.createNativeQuery("""
                select 1 from accounts.account a where a.id = ?
                   and (a.role = 'SERVICE_OWNER' or exists (select 1 from accounts.account_role r where r.account_id = a.id and r.role = 'SERVICE_OWNER'))""")
                .setParameter(1, account).getResultList().isEmpty();
    }

    /** Of two revisions after the same one, on whichever nodes, the second is refused. */
    void add(String service, NewEntry entry, Instant at, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.catalogue_entry (service_code, revision, description_ru, description_ky, description_en, protocol, owner_account, owner_unit, confirm_within_days,
                                                    at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setString(++i, service);
            statement.setInt(++i, entry.after() + 1);
            for (Language language : new Language[] {Language.RU, Language.KY, Language.EN}) {
                statement.setString(++i, entry.descriptions().get(language));
            }
            statement.setString(++i, entry.protocol());
            statement.setObject(++i, entry.ownerAccount().orElse(null));
            statement.setString(++i, entry.ownerUnit().orElse(null));
            statement.setInt(++i, entry.confirmWithinDays());
            statement.setObject(++i, at.atOffset(ZoneOffset.UTC));
            statement.setObject(++i, by.account().orElseThrow());
            statement.setString(++i, by.role());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw switch (BrokenConstraint.in(e).orElse("")) {
                case "catalogue_entry_pk", "catalogue_entry_previous_fk" -> Refusal.of(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, "after");
                default -> new IllegalStateException(e);
            };
        }
    }

    void confirm(String service, int revision, Instant at, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.catalogue_confirmation (service_code, revision, at, actor, actor_role) values (?, ?, ?, ?, ?) on conflict do nothing""")) {
            statement.setString(1, service);
            statement.setInt(2, revision);
            statement.setObject(3, at.atOffset(ZoneOffset.UTC));
            statement.setObject(4, by.account().orElseThrow());
            statement.setString(5, by.role());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often each service was changed. */
    Map<String, Integer> changes() {
        return sql.list("select service_code, max(revision) revision from access.service_revision group by service_code",
                row -> Map.entry(row.text("service_code"), row.number("revision"))).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Of two changes after the same one, on whichever nodes, the second is refused. */
    void change(String service, ServiceChange change, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.service_revision (service_code, revision, title_ru, title_ky, title_en, enabled, disabled_notice, reason, at, actor, actor_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", service, change.after() + 1, change.titles().get(Language.RU), change.titles().get(Language.KY), change.titles().get(Language.EN),
                    change.enabled(), change.notice(), change.reason(), at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "service_revision_pk", "service_revision_previous_fk" -> Refusal.of(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, "after");
                default -> e;
            };
        }
    }

    void addService(ServiceToAdd service, String version) {
        try {
            sql.update("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, ?, ?, ?, ?, ?)", service.code(), version,
                    service.titles().get(Language.RU), service.titles().get(Language.KY), service.titles().get(Language.EN), service.procedure());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "service_pk" -> Refusal.of(CatalogueRefusal.SERVICE_CODE_TAKEN, "code");
                case "service_procedure_fk" -> Refusal.of(InputRefusal.NOT_FOUND, "procedure");
                default -> e;
            };
        }
    }

    void addRule(String service, LocalDate from, ServiceRule rule, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call, validity_days, data_age_months, data_range_months, calls_per_day,
                                                     at, actor, actor_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", service, from, rule.disclosesTaxSecret(), rule.tokenRule(), rule.selfCall(), rule.validityDays(), rule.dataAgeMonths(),
                    rule.dataRangeMonths(), rule.callsPerDay(), at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "service_rule_pk", "service_rule_from_tomorrow" -> Refusal.of(InputRefusal.FIELD_INVALID, "effectiveFrom");
                case "service_rule_announced" -> Refusal.of(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, "effectiveFrom");
                case "service_rule_secret_check" -> Refusal.of(InputRefusal.FIELD_INVALID, "tokenRule");
                default -> e;
            };
        }
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
