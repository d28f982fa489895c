package org.kopuro.registers.borrowers;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;

/** The statements behind {@link Borrowers}. Of each table the newest row until the day is looked up by its key, so that thousands of borrowers cost thousands of index lookups and no scan. */
@Dependent
class BorrowerStore {

    private static final String SEEN = """
            select a.inn, a.day, c.name, c.head, c.kpp, c.ogrn, c.legal_form, c.region, c.registered_on, c.liquidated_on, c.okved_main, c.okved::text[] okved, c.bankruptcy_on,
                   s.included_on, s.size, n.registers, k.number
              from unnest(?::text[], ?::date[]) a (inn, day)
              cross join lateral (select * from registers.company c where c.contour = ? and c.inn = a.inn and c.valid_from <= a.day
                                   order by c.valid_from desc, c.revision desc limit 1) c
              left join lateral (select * from registers.sme s where s.contour = c.contour and s.inn = a.inn and s.valid_from <= a.day
                                  order by s.valid_from desc, s.revision desc limit 1) s on s.included_on <= a.day and coalesce(s.excluded_on, 'infinity') > a.day
              cross join lateral (select coalesce(array_agg(r.register order by r.register desc), '{}') registers
                                    from (values ('906'), ('847')) r (register)
                                   where (select o.listed from registers.ngo o
                                           where o.contour = c.contour and o.register = r.register and o.inn = a.inn and o.as_of =
                                                 (select l.as_of from registers.ngo l where l.contour = c.contour and l.register = r.register and l.as_of <= a.day order by l.as_of desc limit 1)
                                           order by o.revision desc limit 1)) n
              left join lateral (select e.number
                                   from (select distinct on (o.number) o.number, o.concluded_on, o.annulled_on from registers.contract_696 o
                                          where o.contour = c.contour and o.inn = a.inn order by o.number, o.revision desc) e
                                  where e.concluded_on <= a.day and coalesce(e.annulled_on, 'infinity') > a.day
                                  order by e.concluded_on desc, e.number limit 1) k on true""";

    private static final String LISTED = """
            select i.inn, r.register
              from unnest(?::text[]) i (inn)
              cross join (select q.register, (select l.as_of from registers.ngo l where l.contour = ? and l.register = q.register and l.as_of <= ? order by l.as_of desc limit 1) as_of
                            from (values ('906'), ('847')) q (register)) r
             where (select o.listed from registers.ngo o where o.contour = ? and o.register = r.register and o.as_of = r.as_of and o.inn = i.inn order by o.revision desc limit 1)
             order by i.inn, r.register desc""";

    private static final String LOADED = """
            select register, min(first_day) first_day, (max(loaded_at) at time zone 'Europe/Moscow')::date last_on from registers.borrower_load where contour = ? group by register""";

    private static final String UNCLASSIFIED = """
            select a.code, a.day from unnest(?::text[], ?::date[]) a (code, day)
             where not exists (select from registers.okved o where o.code = a.code and o.valid_from <= a.day and coalesce(o.valid_to, 'infinity') >= a.day)""";

    @Inject
    private Sql sql;

    Map<Asked, Borrower> seen(Collection<Asked> asked, Contour contour) {
        Set<Asked> once = Set.copyOf(asked);
        Map<Asked, Borrower> found = new HashMap<>();
        sql.each(SEEN, row -> found.put(new Asked(row.text("inn"), row.day("day")), borrower(row)), once.stream().map(Asked::inn).toArray(String[]::new),
                once.stream().map(Asked::on).toArray(LocalDate[]::new), contour);
        return found;
    }

    private static Borrower borrower(Row row) {
        return new Borrower(row.text("inn"), row.text("name"), row.maybe("head", row::text), row.maybe("kpp", row::text), row.text("ogrn"), row.text("legal_form"), row.text("region"),
                row.day("registered_on"), row.maybe("liquidated_on", row::day), row.text("okved_main"), row.all(String.class, "okved"), row.maybe("bankruptcy_on", row::day),
                row.maybe("included_on", row::day).map(day -> new Borrower.Sme(day, row.as(Borrower.Size.class, "size"))), row.all(String.class, "registers"), row.maybe("number", row::text));
    }

    Map<String, List<String>> listed(Collection<String> inns, LocalDate on, Contour contour) {
        Map<String, List<String>> found = new HashMap<>();
        sql.each(LISTED, row -> found.computeIfAbsent(row.text("inn"), inn -> new ArrayList<>()).add(row.text("register")), Set.copyOf(inns), contour, on, contour);
        return found;
    }

    Map<BorrowerRegister, Loaded> loaded(Contour contour) {
        Map<BorrowerRegister, Loaded> all = new EnumMap<>(BorrowerRegister.class);
        sql.each(LOADED, row -> all.put(row.as(BorrowerRegister.class, "register"), new Loaded(row.day("first_day"), row.day("last_on"))), contour);
        return all;
    }

    Set<CodeOn> unclassified(Collection<CodeOn> codes) {
        List<CodeOn> once = List.copyOf(new HashSet<>(codes));
        Set<CodeOn> missing = new HashSet<>();
        sql.each(UNCLASSIFIED, row -> missing.add(new CodeOn(row.text("code"), row.day("day"))), once.stream().map(CodeOn::code).toArray(String[]::new),
                once.stream().map(CodeOn::on).toArray(LocalDate[]::new));
        return missing;
    }
}
