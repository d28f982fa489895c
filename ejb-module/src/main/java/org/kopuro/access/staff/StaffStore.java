package org.kopuro.access.staff;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NoticeKind;

@Dependent
class StaffStore {

    private static final String SELECT = "select id, contour, procedure_code, first_day, name, language, addresses, head_language, head_addresses, set_at from ";

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(StaffUnit unit, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.staff_unit (id, contour, procedure_code, first_day, name, language, addresses, head_language, head_addresses, set_at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, unit.id());
            statement.setString(++i, unit.contour().name());
            statement.setString(++i, unit.procedure().orElse(null));
            statement.setObject(++i, unit.firstDay());
            statement.setString(++i, unit.name());
            statement.setString(++i, unit.language().name());
            statement.setArray(++i, statement.getConnection().createArrayOf("text", unit.addresses().toArray()));
            statement.setString(++i, unit.headLanguage().name());
            statement.setArray(++i, statement.getConnection().createArrayOf("text", unit.headAddresses().toArray()));
            statement.setObject(++i, unit.setAt().atOffset(ZoneOffset.UTC));
            statement.setObject(++i, by.account().orElseThrow());
            statement.setString(++i, by.role());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest row of the newest day stands for its procedure, also when it says that nobody is told. */
    Optional<StaffUnit> of(Contour contour, String procedure, LocalDate day) {
        return units("""
                (select distinct on (procedure_code) * from access.staff_unit
                  where contour = ? and (procedure_code = ? or procedure_code is null) and first_day <= ?
                  order by procedure_code, first_day desc, number desc) u
                 where cardinality(addresses) > 0 order by procedure_code is null limit 1""", contour.name(), procedure, day).stream().findFirst();
    }

    List<StaffUnit> list(Contour contour, LocalDate day) {
        return units("""
                (select distinct on (procedure_code, first_day) * from access.staff_unit where contour = ?
                  order by procedure_code, first_day, number desc) u
                 where first_day >= coalesce((select max(first_day) from access.staff_unit o
                                               where o.contour = u.contour and o.procedure_code is not distinct from u.procedure_code and o.first_day <= ?), '-infinity')
                 order by procedure_code nulls first, first_day limit 500""", contour.name(), day);
    }

    void addUntold(String key, Contour contour, Untold untold) {
        try (PreparedStatement statement = prepare("""
                insert into access.untold (dedup_key, contour, procedure_code, kind, about_kind, about_id, number, at) values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict on constraint untold_pk do nothing""")) {
            int i = 0;
            statement.setString(++i, key);
            statement.setString(++i, contour.name());
            statement.setString(++i, untold.procedure());
            statement.setString(++i, untold.kind().name());
            statement.setString(++i, untold.aboutKind());
            statement.setObject(++i, untold.aboutId());
            statement.setString(++i, untold.number());
            statement.setObject(++i, untold.at().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Untold> untold(Contour contour, int limit) {
        try (PreparedStatement statement = prepare("select kind, procedure_code, about_kind, about_id, number, at from access.untold where contour = ? order by at desc, dedup_key limit ?")) {
            statement.setString(1, contour.name());
            statement.setInt(2, limit);
            List<Untold> untold = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    untold.add(new Untold(NoticeKind.valueOf(row.getString("kind")), row.getString("procedure_code"), row.getString("about_kind"), row.getObject("about_id", UUID.class),
                            row.getString("number"), row.getObject("at", OffsetDateTime.class).toInstant()));
                }
            }
            return untold;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<StaffUnit> units(String from, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + from)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<StaffUnit> units = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    units.add(new StaffUnit(row.getObject("id", UUID.class), Contour.valueOf(row.getString("contour")), Optional.ofNullable(row.getString("procedure_code")),
                            row.getObject("first_day", LocalDate.class), row.getString("name"), Language.valueOf(row.getString("language")), texts(row, "addresses"),
                            Language.valueOf(row.getString("head_language")), texts(row, "head_addresses"), row.getObject("set_at", OffsetDateTime.class).toInstant()));
                }
            }
            return units;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
