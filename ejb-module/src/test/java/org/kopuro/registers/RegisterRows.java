package org.kopuro.registers;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.testing.TestDatabase;

/** Rows of the registers for tests, written under the owner's role because the application may only read. */
public final class RegisterRows {

    private RegisterRows() {
    }

    /** The taxpayer is there afterwards, in this contour only; entrepreneur or organisation by the INN. */
    public static void aTaxpayer(Contour contour, Inn inn) {
        run("""
                insert into registers.taxpayer (contour, inn, kind, full_name, district_code, registered_on)
                values (?, ?, ?, 'Сыноо', '004', date '2020-01-01') on conflict do nothing""",
                contour.name(), inn.digits(), inn.isOrganisation() ? "ORGANISATION" : "ENTREPRENEUR");
    }

    /** One statement with text parameters, in a transaction of its own. */
    public static void run(String statement, String... parameters) {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); PreparedStatement sql = owner.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                sql.setString(i + 1, parameters[i]);
            }
            sql.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
