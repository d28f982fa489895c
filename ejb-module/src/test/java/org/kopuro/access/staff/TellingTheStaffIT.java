package org.kopuro.access.staff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.letters.Days;
import org.kopuro.access.letters.Letters;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.notices.NoticeKind;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;
import org.kopuro.testing.TestProcedures;

/** Units are dated data, and are told in their own language (ACC-34, N19). */
class TellingTheStaffIT {

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final LocalDate today = LocalDate.of(2026, 3, 2);
    private final String procedure = TestProcedures.publish("KG");
    private final UUID record = UUID.randomUUID();

    @Test
    void theNewestUnitOfTheDayIsTold() {
        set(today, "first@tax.example");
        set(today, "second@tax.example");
        set(today.plusDays(1), "tomorrow@tax.example");
        assertEquals("second@tax.example", told());
        assertEquals(List.of("second@tax.example", "tomorrow@tax.example"), listed());
        application.clock().advance(Duration.ofDays(1));
        assertEquals("tomorrow@tax.example", told());
        assertEquals(List.of("tomorrow@tax.example"), listed());
    }

    @Test
    void aProceduresOwnUnitComesBeforeTheOneForAllAndGivesWayToIt() {
        Contour quiet = Contour.PRODUCTION;
        application.run(Staff.class, staff -> staff.set(new NewStaffUnit(quiet, Optional.empty(), today, "All", Language.EN, List.of("all@tax.example"), Language.EN, List.of("b@tax.example")),
                Scene.OFFICIAL));
        try {
            assertEquals("all@tax.example", application.with(Staff.class, staff -> staff.of(quiet, procedure)).orElseThrow().addresses().get(0));
            application.run(Staff.class, staff -> staff.set(unit(quiet, today, List.of("own@tax.example")), Scene.OFFICIAL));
            assertEquals("own@tax.example", application.with(Staff.class, staff -> staff.of(quiet, procedure)).orElseThrow().addresses().get(0));
            application.run(Staff.class, staff -> staff.set(unit(quiet, today, List.of()), Scene.OFFICIAL));
            assertEquals("all@tax.example", application.with(Staff.class, staff -> staff.of(quiet, procedure)).orElseThrow().addresses().get(0));
            assertEquals(Optional.empty(), application.with(Staff.class, staff -> staff.of(Contour.TEST, procedure)), "contours have units of their own");
        } finally {
            application.run(Staff.class, staff -> staff.set(new NewStaffUnit(quiet, Optional.empty(), today, "All", Language.EN, List.of(), Language.EN, List.of()), Scene.OFFICIAL));
        }
    }

    @Test
    void whoIsThereIsToldOnceInItsLanguage() {
        set(today, "unit@tax.example");
        assertTrue(tell(Desk.UNIT));
        assertTrue(tell(Desk.UNIT));
        List<String> letters = Rows.of("select language || ' ' || d.address || ' ' || body from notices.notice n join notices.delivery d on d.notice_id = n.id where about_id = ?", record);
        assertEquals(1, letters.size());
        assertTrue(letters.get(0).startsWith("KY unit@tax.example Access unit") && letters.get(0).contains("Документ KY"), letters.get(0));
        assertEquals(List.of(), untold());
    }

    @Test
    void theHeadHasALanguageAndAddressesOfItsOwn() {
        set(today, "unit@tax.example");
        assertTrue(tell(Desk.HEAD));
        assertEquals(List.of("EN head@tax.example"),
                Rows.of("select language || ' ' || d.address from notices.notice n join notices.delivery d on d.notice_id = n.id where about_id = ?", record));
    }

    @Test
    void whereNobodyIsThereThatIsSeenAndNothingFails() {
        assertFalse(tell(Desk.UNIT));
        assertFalse(tell(Desk.UNIT));
        assertEquals(List.of("N19 7"), untold());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no address", "a@b", "a@example.kg\r\nBcc: b@example.kg", ""})
    void onlyWhatCanBeAnAddressIsOne(String address) {
        assertRefused(InputRefusal.FIELD_INVALID, () -> unit(Contour.TEST, today, List.of(address)));
    }

    @Test
    void aUnitIsCompleteAndNotOfYesterday() {
        assertRefused(InputRefusal.FIELD_INVALID, () -> set(today.minusDays(1), "unit@tax.example"));
        assertRefused(InputRefusal.FIELD_MISSING, () -> new NewStaffUnit(Contour.TEST, Optional.empty(), today, "x", Language.EN, List.of("a@tax.example"), Language.EN, List.of()));
        assertRefused(InputRefusal.FIELD_INVALID, () -> unit(Contour.TEST, today, java.util.Collections.nCopies(21, "a@tax.example")));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.run(Staff.class, staff -> staff.set(new NewStaffUnit(Contour.TEST, Optional.of("NOTHING"), today, "x", Language.EN,
                List.of("a@tax.example"), Language.EN, List.of("a@tax.example")), Scene.OFFICIAL)));
    }

    @Test
    void aChangeIsInTheLedgerWithoutItsAddresses() {
        StaffUnit unit = set(today, "unit@tax.example");
        List<String> entries = Rows.of("select content from ledger.entry where record_id = ?", unit.id());
        assertEquals(1, entries.size());
        assertTrue(entries.get(0).contains("access.staff_unit_set") && entries.get(0).contains(procedure) && !entries.get(0).contains("tax.example"), entries.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update access.staff_unit set first_day = first_day + 1 where id = ?", "delete from access.staff_unit where id = ?"})
    void nothingIsEdited(String sql) throws SQLException {
        StaffUnit unit = set(today, "unit@tax.example");
        try (Connection connection = TestDatabase.shared().application().getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, unit.id());
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    private StaffUnit set(LocalDate firstDay, String address) {
        return application.with(Staff.class, staff -> staff.set(unit(Contour.TEST, firstDay, List.of(address)), Scene.OFFICIAL));
    }

    private NewStaffUnit unit(Contour contour, LocalDate firstDay, List<String> addresses) {
        return new NewStaffUnit(contour, Optional.of(procedure), firstDay, "Access unit", Language.KY, addresses, Language.EN, addresses.isEmpty() ? List.of() : List.of("head@tax.example"));
    }

    private boolean tell(Desk desk) {
        var version = application.with(Procedures.class, procedures -> procedures.get(procedure, 1));
        Days days = application.with(Letters.class, letters -> letters.days(version));
        return application.with(Staff.class, staff -> staff.tell(NoticeKind.N19, desk, new Letters.Subject("test", record, "7", "test:" + record), days, Contour.TEST,
                language -> Map.of("documents", "Документ " + language, "expiryDate", "30.04.2026")));
    }

    private String told() {
        return application.with(Staff.class, staff -> staff.of(Contour.TEST, procedure)).orElseThrow().addresses().get(0);
    }

    private List<String> listed() {
        return application.with(Staff.class, staff -> staff.list(Contour.TEST)).stream().filter(unit -> unit.procedure().equals(Optional.of(procedure))).map(unit -> unit.addresses().get(0)).toList();
    }

    private List<String> untold() {
        return application.with(Staff.class, staff -> staff.untold(Contour.TEST, 100)).stream().filter(one -> one.aboutId().equals(record)).map(one -> one.kind() + " " + one.number()).toList();
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
