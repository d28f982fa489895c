package org.kopuro.access.staff;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NoticeKind;

@Dependent
class StaffStore {

    @Inject
    private Sql sql;

    void add(StaffUnit unit, Actor by) {
        sql.update("""
                insert into access.staff_unit (id, contour, procedure_code, first_day, name, language, addresses, head_language, head_addresses, set_at, actor, actor_role)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", unit.id(), unit.contour(), unit.procedure(), unit.firstDay(), unit.name(), unit.language(), unit.addresses(),
                unit.headLanguage(), unit.headAddresses(), unit.setAt(), by.account().orElseThrow(), by.role());
    }

    /** The newest row of the newest day stands for its procedure, also when it says that nobody is told. */
    Optional<StaffUnit> of(Contour contour, String procedure, LocalDate day) {
        return sql.first("""
                select * from (
                    select distinct on (procedure_code) * from access.staff_unit
                     where contour = ? and (procedure_code = ? or procedure_code is null) and first_day <= ?
                     order by procedure_code, first_day desc, number desc) u
                 where cardinality(addresses) > 0 order by procedure_code is null limit 1""", StaffStore::unit, contour, procedure, day);
    }

    List<StaffUnit> list(Contour contour, LocalDate day) {
        return sql.list("""
                select * from (
                    select distinct on (procedure_code, first_day) * from access.staff_unit where contour = ?
                     order by procedure_code, first_day, number desc) u
                 where first_day >= coalesce((select max(first_day) from access.staff_unit o
                                               where o.contour = u.contour and o.procedure_code is not distinct from u.procedure_code and o.first_day <= ?), '-infinity')
                 order by procedure_code nulls first, first_day limit 500""", StaffStore::unit, contour, day);
    }

    private static StaffUnit unit(Row row) {
        return new StaffUnit(row.uuid("id"), row.as(Contour.class, "contour"), row.maybe("procedure_code", row::text), row.day("first_day"), row.text("name"),
                row.as(Language.class, "language"), row.all(String.class, "addresses"), row.as(Language.class, "head_language"), row.all(String.class, "head_addresses"),
                row.instant("set_at"));
    }

    void addUntold(String key, Contour contour, Untold untold) {
        sql.update("""
                insert into access.untold (dedup_key, contour, procedure_code, kind, about_kind, about_id, number, at) values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict on constraint untold_pk do nothing""", key, contour, untold.procedure(), untold.kind(), untold.aboutKind(), untold.aboutId(), untold.number(), untold.at());
    }

    List<Untold> untold(Contour contour, int limit) {
        return sql.list("select kind, procedure_code, about_kind, about_id, number, at from access.untold where contour = ? order by at desc, dedup_key limit ?",
                row -> new Untold(row.as(NoticeKind.class, "kind"), row.text("procedure_code"), row.text("about_kind"), row.uuid("about_id"), row.text("number"), row.instant("at")),
                contour, limit);
    }
}
