package org.kopuro.installation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.kopuro.kernel.Contour;

/**
 * The register of companies that another agency keeps, and the words of its contract. The defaults are those that public clients of the Ministry of Justice's service use.
 *
 * @param services     X-Road addresses by contour: an invented company is never asked of a real register; a contour without one has the local register
 * @param namespace    of the elements of its Body
 * @param request      the element that asks
 * @param inn          in the request and in the answer
 * @param name         in the answer
 * @param ended        in the answer, there and not empty where the company exists no more; not every register says so
 */
public record CompanyRegisterSettings(Map<Contour, String> services, String namespace, String request, String inn, String name, Optional<String> ended) {

    /** instance/class/member/subsystem/service[/version] */
    private static final String ADDRESS = "[^/\\p{Cntrl}]{1,64}(/[^/\\p{Cntrl}]{1,64}){4,5}";
    private static final String ELEMENT = "[A-Za-z_][A-Za-z0-9_.-]{0,127}";

    public CompanyRegisterSettings {
        services = Map.copyOf(services);
        services.values().forEach(service -> require(service.matches(ADDRESS), "kopuro.companies.service and .test-service are written instance/class/member/subsystem/service[/version]."));
        require(request.matches(ELEMENT) && inn.matches(ELEMENT) && name.matches(ELEMENT) && ended.orElse("x").matches(ELEMENT), "kopuro.companies.*-element are names of XML elements without a prefix.");
    }

    static CompanyRegisterSettings of(Config config) {
        Map<Contour, String> services = new EnumMap<>(Contour.class);
        SecurityServerSettings.text(config, "kopuro.companies.service").ifPresent(service -> services.put(Contour.PRODUCTION, service));
        SecurityServerSettings.text(config, "kopuro.companies.test-service").ifPresent(service -> services.put(Contour.TEST, service));
        require(services.isEmpty() || SecurityServerSettings.text(config, "kopuro.security-server.url").isPresent(), "kopuro.companies.service needs kopuro.security-server.url.");
        return new CompanyRegisterSettings(services,
                SecurityServerSettings.text(config, "kopuro.companies.namespace").orElse("http://tunduk.gov.kg"),
                SecurityServerSettings.text(config, "kopuro.companies.request-element").orElse("getSubjectByTinRequest"),
                SecurityServerSettings.text(config, "kopuro.companies.inn-element").orElse("tin"),
                SecurityServerSettings.text(config, "kopuro.companies.name-element").orElse("fullNameOl"),
                SecurityServerSettings.text(config, "kopuro.companies.ended-element"));
    }

    private static void require(boolean right, String sentence) {
        if (!right) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
