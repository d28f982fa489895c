package org.kopuro.installation;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Stateless;

/** The application's connection pool: the settings' database under the application's role. */
@DataSourceDefinition(
        name = "java:app/jdbc/kopuro",
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${MPCONFIG=kopuro.db.url}",
        user = "${MPCONFIG=kopuro.db.user}",
        password = "${MPCONFIG=kopuro.db.password}",
        minPoolSize = 4,
        maxPoolSize = 40,
        maxIdleTime = 600,
        properties = {
            // What a failing row holds is personal data, and would go to the log with the error.
            "logServerErrorDetail=false",
            // Planning the admission statement takes three times as long as running it, and PostgreSQL left to itself plans it anew
            // for every call. All our statements go by keys: the plan for any value is the plan for each.
            // What a node holds in a transaction, others wait for: PostgreSQL finds out within half a minute that it is gone, and ends what rests for a whole one.
            "options=-cplan_cache_mode=force_generic_plan -cidle_in_transaction_session_timeout=60s -ctcp_keepalives_idle=10 -ctcp_keepalives_interval=5 -ctcp_keepalives_count=3",
            // As for the node: a call fails that waits for a database which has gone silent. No statement of ours takes so long.
            "socketTimeout=60",
            "tcpKeepAlive=true",
            // By this name an operator finds the pool in pg_stat_activity.
            "ApplicationName=kopuro",
            // After PostgreSQL was restarted its old connections are found dead before a call gets one, not by forty failing calls.
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation",
            "fish.payara.validate-atmost-once-period-in-seconds=1",
            "fish.payara.fail-all-connections=true"})
@Stateless
public class Database {
}
