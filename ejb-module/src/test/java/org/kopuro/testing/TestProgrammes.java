package org.kopuro.testing;

import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;

/** Programmes, accreditations and regulators of a test's own; set by the owner, past the rules on who may. */
public final class TestProgrammes {

    private static final UUID NOBODY = UUID.fromString("00000000-0000-4000-8000-0000000000ff");

    private TestProgrammes() {
    }

    /** Without stages and formula, open from 2020 on without end, everybody eligible, watched by MINEC, entry at either point; its code. */
    public static String programme(String duplicatePolicy) {
        return programme(duplicatePolicy, false);
    }

    public static String programme(String duplicatePolicy, boolean stagesApart) {
        return programme(duplicatePolicy, stagesApart, "MINEC");
    }

    public static String programme(String duplicatePolicy, boolean stagesApart, String regulator) {
        String code = withoutRules(duplicatePolicy, stagesApart, regulator);
        openWithoutEnd(code);
        return code;
    }

    /** Under whose procedure banks are connected; in all else as the others. */
    public static String programmeUnder(String procedure) {
        String code = withoutRules("FLAG", false, "MINEC", procedure);
        openWithoutEnd(code);
        return code;
    }

    private static void openWithoutEnd(String code) {
        Rows.change("""
                insert into loans.rule_set (programme, stage, version, issued_from, source, reason, proposed_at, outcome, decided_at)
                values (?, 0, 1, date '2020-01-01', 'a test', 'x', now(), 'APPROVED', now())""", code);
    }

    public static String withoutRules(String duplicatePolicy, boolean stagesApart, String regulator) {
        return withoutRules(duplicatePolicy, stagesApart, regulator, "RU-1221");
    }

    private static String withoutRules(String duplicatePolicy, boolean stagesApart, String regulator, String procedure) {
        String code = TestProcedures.decree();
        Rows.change("insert into access.decree (code, adopted_on, title_ru, title_ky, title_en, source) values (?, date '2020-01-01', 'x', 'x', 'x', 'a test')", code);
        Rows.change("""
                insert into loans.programme (code, title_ru, title_ky, title_en, sector, regulator_code, entry_point, duplicate_policy, stages_apart, active_from, procedure_code, source)
                values (?, 'x', 'x', 'x', 'TEST', ?, 'EITHER', ?, ?, date '2020-01-01', ?, 'a test')""", code, regulator, duplicatePolicy, stagesApart, procedure);
        return code;
    }

    /** A watching body of its own; its code. */
    public static String regulator() {
        String code = "R_" + UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
        Rows.change("insert into loans.regulator (code, name_ru, name_ky, name_en) values (?, 'x', 'x', 'x')", code);
        return code;
    }

    /** From a day on, without end; the bank takes part in the contour from then on, if it did not. */
    public static void accredit(UUID bank, Contour contour, String programme, LocalDate from) {
        Rows.change("insert into access.participation (participant_id, contour) values (?, ?) on conflict do nothing", bank, contour.name());
        Rows.change("insert into loans.accreditation (id, contour, bank_id, programme, first_day, reason, given_at, given_by, giver_role) values (gen_random_uuid(), ?, ?, ?, ?, 'a test', now(), ?, 'REGULATOR')",
                contour.name(), bank, programme, from, NOBODY);
    }

    /** Of the regulator's people, with an account of its own. */
    public static Actor official(String regulator, Contour contour) {
        Actor person = account("REGULATOR", contour);
        Rows.change("insert into loans.regulator_account (id, regulator_code, account_id, contour, added_at, added_by, adder_role) values (gen_random_uuid(), ?, ?, ?, now(), ?, 'OPERATOR')", regulator,
                person.account().orElseThrow(), contour.name(), NOBODY);
        return person;
    }

    /** An account on the authority's side with that one role. */
    public static Actor account(String role, Contour contour) {
        UUID id = UUID.randomUUID();
        Rows.change("insert into accounts.account (id, login, contour, role, full_name, password_hash, demo, created_at) values (?, ?, ?, ?, 'A Person', 'x', false, now())", id,
                "person-" + id, contour.name(), role);
        return Actor.of(id, role);
    }
}
