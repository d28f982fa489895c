package org.kopuro.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks into the database behind the application's back. */
public final class Rows {

    private Rows() {
    }

    /** Sets a scene that only the owner can. */
    public static void change(String sql, Object... parameters) {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As if the participant had been registered with it: later on only its events tell one. */
    public static void registeredWithInn(UUID participant, String inn) {
        registered(participant, "inn", inn);
    }

    /** The same of its Russian one. */
    public static void registeredWithRussianInn(UUID participant, String inn) {
        registered(participant, "russian_inn", inn);
    }

    private static void registered(UUID participant, String column, String inn) {
        change("""
                do $$ begin
                    alter table participants.participant disable trigger by_event_only;
                    update participants.participant set %s = '%s' where id = '%s';
                    alter table participants.participant enable trigger by_event_only;
                end $$""".formatted(column, inn, participant));
    }

    /** The first column of every row as text. */
    public static List<String> of(String sql, Object... parameters) {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); PreparedStatement statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
