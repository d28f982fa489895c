package org.kopuro.bench.peer;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Answers what it was told, and writes one row. The pool is as large as Kopuro's. */
@DataSourceDefinition(
        name = "java:app/jdbc/peer",
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${MPCONFIG=kopuro.db.url}",
        user = "${MPCONFIG=kopuro.db.user}",
        password = "${MPCONFIG=kopuro.db.password}",
        minPoolSize = 4,
        maxPoolSize = 40,
        maxIdleTime = 600)
@WebService(targetNamespace = "urn:kopuro:bench:peer")
public class Echo {

    private final DataSource database;

    /** Needed by the container's scan; the servlet gives the database. */
    public Echo() {
        this(null);
    }

    Echo(DataSource database) {
        this.database = database;
    }

    @WebMethod
    @WebResult(name = "text")
    public String echo(@WebParam(name = "text") String text) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into echo (text) values (?)")) {
            insert.setString(1, text);
            insert.executeUpdate();
        }
        return text;
    }
}
