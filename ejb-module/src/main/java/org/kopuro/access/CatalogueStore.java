package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

@Dependent
class CatalogueStore {

    private static final String RULE_OF_THE_DAY = """
            select s.code, coalesce(n.in_production[1], n.in_test[1], s.version) newest, n.in_test, n.in_production, s.procedure_code, s.title_ru, s.title_ky, s.title_en, s.enabled,
                   r.discloses_tax_secret, r.token_rule, r.self_call, r.validity_days, r.data_age_months, r.data_range_months, r.calls_per_day
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    List<ServiceView> services(LocalDate day) {
        return query(RULE_OF_THE_DAY + " order by s.code", statement -> statement.setObject(1, day));
    }

    List<ServiceView> servicesOf(UUID subsystem, Contour contour, LocalDate day) {
        return query(RULE_OF_THE_DAY + MAY_BE_CALLED_BY + " order by s.code", statement -> {
            statement.setObject(1, day);
            statement.setObject(2, subsystem);
            statement.setString(3, contour.name());
            statement.setObject(4, day);
        });
    }

    boolean knows(String code) {
        return !entities.createNativeQuery("select 1 from access.service where code = ?").setParameter(1, code).getResultList().isEmpty();
    }

    private List<ServiceView> query(String sql, Binding binding) {
        try (PreparedStatement statement = entities.unwrap(java.sql.Connection.class).prepareStatement(sql)) {
            binding.on(statement);
            List<ServiceView> services = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    services.add(service(row));
                }
            }
            return services;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServiceView service(ResultSet row) throws SQLException {
        ServiceRule rule = new ServiceRule(row.getBoolean("discloses_tax_secret"), TokenRule.valueOf(row.getString("token_rule")),
                row.getBoolean("self_call"), ceiling(row, "validity_days"), ceiling(row, "data_age_months"),
                ceiling(row, "data_range_months"), ceiling(row, "calls_per_day"));
        return new ServiceView(row.getString("code"), row.getString("newest"), served(row), row.getString("procedure_code"), Map.of(Language.RU, row.getString("title_ru"),
                Language.KY, row.getString("title_ky"), Language.EN, row.getString("title_en")), row.getBoolean("enabled"), rule);
    }

    private static Map<Contour, List<String>> served(ResultSet row) throws SQLException {
        Map<Contour, List<String>> served = new EnumMap<>(Contour.class);
        for (Contour contour : Contour.values()) {
            Array versions = row.getArray(contour == Contour.TEST ? "in_test" : "in_production");
            served.put(contour, versions == null ? List.of() : List.of((String[]) versions.getArray()));
        }
        return served;
    }

    private static Optional<Integer> ceiling(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    private interface Binding {
        void on(PreparedStatement statement) throws SQLException;
    }
}
