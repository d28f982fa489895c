package org.kopuro.installation;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;

@Dependent
class SecretStore {

    @Inject
    private Sql sql;

    /** The first fingerprint under a name and number stands. */
    void add(String name, short number, byte[] fingerprint) {
        sql.update("insert into kernel.secret (name, number, fingerprint) values (?, ?, ?) on conflict on constraint secret_pk do nothing", name, number, fingerprint);
    }

    Map<Short, byte[]> fingerprints(String name) {
        Map<Short, byte[]> fingerprints = new TreeMap<>();
        sql.each("select number, fingerprint from kernel.secret where name = ?",
                row -> fingerprints.put((short) row.number("number"), row.octets("fingerprint")), name);
        return fingerprints;
    }
}
