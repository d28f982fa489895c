package org.kopuro.loans.programmes;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** Regulators and who of the accounts are theirs. */
@Dependent
class RegulatorStore {

    private static final String SELECT = """
            select r.code, r.name_ru, r.name_ky, r.name_en, array(select p.code from loans.programme p where p.regulator_code = r.code order by p.code) programmes from loans.regulator r
            """;

    @Inject
    private Sql sql;

    List<RegulatorView> list() {
        return sql.list(SELECT + "order by r.code", RegulatorStore::view);
    }

    Optional<RegulatorView> find(String code) {
        return sql.first(SELECT + "where r.code = ?", RegulatorStore::view, code);
    }

    void register(String code, Map<Language, String> names) {
        try {
            sql.update("insert into loans.regulator (code, name_ru, name_ky, name_en) values (?, ?, ?, ?)", code, names.get(Language.RU), names.get(Language.KY), names.get(Language.EN));
        } catch (SqlFailure e) {
            throw e.constraint().equals("regulator_pk") ? Refusal.of(ProgrammeRefusal.REGULATOR_ADDED_ALREADY, "code") : e;
        }
    }

    List<String> programmesOf(UUID account) {
        return sql.list("select p.code from loans.regulator_account a join loans.programme p on p.regulator_code = a.regulator_code where a.account_id = ? and a.ended_at is null",
                row -> row.text("code"), account);
    }

    List<RegulatorAccount> accounts(String regulator, Contour contour, int limit) {
        return sql.list("""
                select a.account_id, c.login, c.full_name, a.added_at, a.added_by from loans.regulator_account a join accounts.account c on c.id = a.account_id
                 where a.regulator_code = ? and a.contour = ? and a.ended_at is null order by c.login limit ?""",
                row -> new RegulatorAccount(row.uuid("account_id"), row.text("login"), row.text("full_name"), row.instant("added_at"), row.uuid("added_by")), regulator, contour, limit);
    }

    Optional<UUID> account(String login, Contour contour) {
        return sql.first("""
                select a.id from accounts.account a where a.login = ? and a.contour = ?
                   and (a.role = 'REGULATOR' or exists (select from accounts.account_role r where r.account_id = a.id and r.role = 'REGULATOR'))""", row -> row.uuid("id"), login, contour);
    }

    UUID add(String regulator, UUID account, Contour contour, Instant at, Actor by) {
        UUID id = UUID.randomUUID();
        try {
            sql.update("insert into loans.regulator_account (id, regulator_code, account_id, contour, added_at, added_by, adder_role) values (?, ?, ?, ?, ?, ?, ?)", id, regulator, account, contour, at,
                    by.account().orElseThrow(), by.role());
            return id;
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "regulator_account_role", "regulator_account_account_fk" -> Refusal.of(ProgrammeRefusal.ACCOUNT_NOT_OF_A_REGULATOR, "account");
                case "regulator_account_once" -> Refusal.of(ProgrammeRefusal.ACCOUNT_OF_A_REGULATOR_ALREADY, "account");
                default -> e;
            };
        }
    }

    Optional<UUID> end(String regulator, UUID account, Contour contour, Instant at, Actor by) {
        return sql.first("""
                update loans.regulator_account set ended_at = ?, ended_by = ?, ender_role = ? where regulator_code = ? and account_id = ? and contour = ? and ended_at is null returning id""",
                row -> row.uuid("id"), at, by.account().orElseThrow(), by.role(), regulator, account, contour);
    }

    private static RegulatorView view(Row row) {
        return new RegulatorView(row.text("code"), Map.of(Language.RU, row.text("name_ru"), Language.KY, row.text("name_ky"), Language.EN, row.text("name_en")), row.all(String.class, "programmes"));
    }
}
