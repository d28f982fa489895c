package org.kopuro.access.catalogue;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Revisions of entries and their confirmations. */
@Dependent
class EntryStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

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

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
