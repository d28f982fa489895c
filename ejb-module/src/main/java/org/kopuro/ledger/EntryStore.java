package org.kopuro.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/** Entries as they were recorded, and where they stand. */
@Dependent
class EntryStore {

    private static final String VIEW = """
            select e.id, e.contour, e.secret, e.content, l.index from ledger.entry e left join ledger.leaf l on l.entry_id = e.id
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, Optional<Contour> contour, UUID recordId, short secret, String content) {
        try (PreparedStatement statement = entities.unwrap(Connection.class)
                .prepareStatement("insert into ledger.entry (id, contour, record_id, secret, content) values (?, ?, ?, ?, ?)")) {
            statement.setObject(1, id);
            statement.setString(2, contour.map(Contour::name).orElse(null));
            statement.setObject(3, recordId);
            statement.setShort(4, secret);
            statement.setString(5, content);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<EntryView> find(UUID id) {
        return views(VIEW + " where e.id = ?", id).stream().findFirst();
    }

    /** What was recorded about a row, oldest first. */
    List<EntryView> about(UUID recordId, int limit) {
        // In two halves, because each has an index of its own.
        return views("with wanted (id) as (values (?::uuid)) " + VIEW + """
                 where e.id in (select e.id from wanted join ledger.entry e on e.id = wanted.id and e.record_id = e.id
                                union all (select e.id from wanted join ledger.entry e on e.record_id = wanted.id and e.record_id <> e.id order by e.number limit %d))
                 order by e.number limit %<d""".formatted(limit), recordId);
    }

    private List<EntryView> views(String sql, UUID id) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            statement.setObject(1, id);
            List<EntryView> views = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    views.add(new EntryView(row.getObject("id", UUID.class), Optional.ofNullable(row.getString("contour")).map(Contour::valueOf),
                            row.getShort("secret"), row.getString("content"), Optional.ofNullable(row.getObject("index", Long.class))));
                }
            }
            return views;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
