package org.kopuro.installation;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

@Dependent
class SecretStore {

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    /** The first fingerprint under a name and number stands. */
    void add(String name, short number, byte[] fingerprint) {
        try (PreparedStatement statement = entities.unwrap(Connection.class)
                .prepareStatement("insert into kernel.secret (name, number, fingerprint) values (?, ?, ?) on conflict on constraint secret_pk do nothing")) {
            statement.setString(1, name);
            statement.setShort(2, number);
            statement.setBytes(3, fingerprint);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<Short, byte[]> fingerprints(String name) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement("select number, fingerprint from kernel.secret where name = ?")) {
            statement.setString(1, name);
            Map<Short, byte[]> fingerprints = new TreeMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    fingerprints.put(row.getShort(1), row.getBytes(2));
                }
            }
            return fingerprints;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
