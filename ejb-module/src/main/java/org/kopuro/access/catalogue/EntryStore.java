package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ServiceRule;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Revisions of entries and their confirmations. */
@Dependent
class EntryStore {

    @Inject
    private Sql sql;

    /** By service. */
    Map<String, EntryView.Revision> newest() {
        return sql.list("""
                select distinct on (e.service_code) e.*,
                       greatest(e.at, (select max(c.at) from access.catalogue_confirmation c where c.service_code = e.service_code and c.revision = e.revision)) confirmed_at
                  from access.catalogue_entry e order by e.service_code, e.revision desc""",
                row -> Map.entry(row.text("service_code"), new EntryView.Revision(row.number("revision"), Map.of(Language.RU, row.text("description_ru"),
                        Language.KY, row.text("description_ky"), Language.EN, row.text("description_en")), row.text("protocol"), row.maybe("owner_account", row::uuid),
                        row.maybe("owner_unit", row::text), row.number("confirm_within_days"), row.instant("confirmed_at"))))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    boolean isServiceOwner(UUID account) {
        return sql.exists("""
                select from accounts.account a where a.id = ?
                   and (a.role = 'SERVICE_OWNER' or exists (select from accounts.account_role r where r.account_id = a.id and r.role = 'SERVICE_OWNER'))""", account);
    }

    /** Of two revisions after the same one, on whichever nodes, the second is refused. */
    void add(String service, NewEntry entry, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.catalogue_entry (service_code, revision, description_ru, description_ky, description_en, protocol, owner_account, owner_unit, confirm_within_days,
                                                        at, actor, actor_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", service, entry.after() + 1, entry.descriptions().get(Language.RU), entry.descriptions().get(Language.KY),
                    entry.descriptions().get(Language.EN), entry.protocol(), entry.ownerAccount(), entry.ownerUnit(), entry.confirmWithinDays(), at, by.account().orElseThrow(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "catalogue_entry_pk", "catalogue_entry_previous_fk" -> Refusal.of(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, "after");
                default -> e;
            };
        }
    }

    void confirm(String service, int revision, Instant at, Actor by) {
        sql.update("insert into access.catalogue_confirmation (service_code, revision, at, actor, actor_role) values (?, ?, ?, ?, ?) on conflict do nothing",
                service, revision, at, by.account().orElseThrow(), by.role());
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
                case "service_switch_check" -> Refusal.of(AccessRefusal.SERVICE_NOT_OF_THE_EXCHANGE, "enabled", service);
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
                                                     calls_per_token, at, actor, actor_role)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", service, from, rule.disclosesTaxSecret(), rule.tokenRule(), rule.selfCall(), rule.validityDays(), rule.dataAgeMonths(),
                    rule.dataRangeMonths(), rule.callsPerDay(), rule.callsPerToken(), at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "service_rule_pk", "service_rule_from_tomorrow" -> Refusal.of(InputRefusal.FIELD_INVALID, "effectiveFrom");
                case "service_of_exchange" -> Refusal.of(AccessRefusal.SERVICE_NOT_OF_THE_EXCHANGE, "tokenRule", service);
                case "service_rule_announced" -> Refusal.of(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, "effectiveFrom");
                case "service_rule_secret_check" -> Refusal.of(InputRefusal.FIELD_INVALID, "tokenRule");
                default -> e;
            };
        }
    }
}
