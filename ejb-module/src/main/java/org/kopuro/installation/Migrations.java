package org.kopuro.installation;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Brings the schema to this version before anything else works. If it fails the application does not start, and
 * readiness never turns green.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class Migrations {

    @Inject
    private Config config;

    @PostConstruct
    void migrate() {
        String user = config.getValue("kopuro.db.user", String.class);
        String password = config.getValue("kopuro.db.password", String.class);
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(config.getValue("kopuro.db.url", String.class));
        owner.setUser(config.getOptionalValue("kopuro.db.owner.user", String.class).orElse(user));
        owner.setPassword(config.getOptionalValue("kopuro.db.owner.password", String.class).orElse(password));
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(owner)
                .placeholders(Map.of("application_role", user))
                .defaultSchema("flyway").createSchemas(true)
                .load().migrate();
    }
}
