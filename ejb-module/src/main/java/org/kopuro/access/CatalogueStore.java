package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

@Dependent
class CatalogueStore {

    private static final String RULE_OF_THE_DAY = """
            select s.code, s.kind, coalesce(n.in_production[1], n.in_test[1], s.version) newest, n.in_test, n.in_production, s.procedure_code, s.title_ru, s.title_ky, s.title_en, s.enabled,
                   r.discloses_tax_secret, r.token_rule, r.self_call, r.validity_days, r.data_age_months, r.data_range_months, r.calls_per_day, r.calls_per_token
              from access.service s
              join lateral (select array_agg(version order by since desc, version desc) filter (where contour = 'TEST') in_test,
                                   array_agg(version order by since desc, version desc) filter (where contour = 'PRODUCTION') in_production
                              from access.served_version w where w.service_code = s.code and w.ended_at is null) n on true
              join lateral (select * from access.service_rule r where r.service_code = s.code and r.effective_from <= ?
                             order by r.effective_from desc limit 1) r on true
            """;

    private static final String MAY_BE_CALLED_BY = """
             where exists (select 1 from access.access_right a
                            where a.service_code = s.code and a.subsystem_id = ? and a.contour = ? and a.revoked_at is null
                              and ? between a.valid_from and coalesce(a.valid_to, 'infinity'))
            """;

    @Inject
    private Sql sql;

    List<ServiceView> services(LocalDate day) {
        return sql.list(RULE_OF_THE_DAY + " order by s.code", CatalogueStore::service, day);
    }

    List<ServiceView> servicesOf(UUID subsystem, Contour contour, LocalDate day) {
        return sql.list(RULE_OF_THE_DAY + MAY_BE_CALLED_BY + " order by s.code", CatalogueStore::service, day, subsystem, contour, day);
    }

    boolean knows(String code) {
        return sql.exists("select from access.service where code = ?", code);
    }

    private static ServiceView service(Row row) {
        ServiceRule rule = new ServiceRule(row.flag("discloses_tax_secret"), row.as(TokenRule.class, "token_rule"), row.flag("self_call"), row.maybe("validity_days", row::number),
                row.maybe("data_age_months", row::number), row.maybe("data_range_months", row::number), row.maybe("calls_per_day", row::number),
                row.maybe("calls_per_token", row::number));
        return new ServiceView(row.text("code"), row.as(ServiceKind.class, "kind"), row.text("newest"), new EnumMap<>(Map.of(Contour.TEST, served(row, "in_test"), Contour.PRODUCTION, served(row, "in_production"))),
                row.text("procedure_code"), Map.of(Language.RU, row.text("title_ru"), Language.KY, row.text("title_ky"), Language.EN, row.text("title_en")), row.flag("enabled"), rule);
    }

    private static List<String> served(Row row, String column) {
        return row.maybe(column, name -> row.all(String.class, name)).orElse(List.of());
    }
}
