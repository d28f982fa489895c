package org.kopuro.exchange.metaservices;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.ImplementedVersions;
import org.kopuro.access.ServiceView;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Applicant;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;

/** The services about services. What refuses is thrown and is to be told by {@link Exchange#refuse}. */
@Stateless
public class Metaservices {

    /** Of the metaservices themselves, where a header names one. */
    public static final String VERSION = "v1";
    /** Where the protocol leaves the parts of an identifier unbounded, a directory of a country's organisations is bounded here. */
    static final int CLIENTS_MAX = 10_000;

    @Inject
    private Exchange exchange;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Connections connections;
    @Inject
    private MetaserviceStore store;
    @Inject
    private Installation installation;

    /** All services of a protocol in all versions that the caller's contour serves, whether or not it may call them; never metaservices. */
    public Answer<List<Offered>> listMethods(Call call, Protocol protocol, Collection<? extends PublishedServices> published) {
        return exchange.answerApplicant(call, VERSION, applicant -> offered(protocol, published, applicant.contour()), List::size);
    }

    /** Those that the caller may call today in its credential's contour. One that is switched off for a while is still allowed. */
    public Answer<List<Offered>> allowedMethods(Call call, Protocol protocol, Collection<? extends PublishedServices> published) {
        return exchange.answerApplicant(call, VERSION, applicant -> {
            Set<String> callable = callable(applicant);
            published.forEach(each -> each.versionForApplicants().ifPresent(version -> callable.addAll(each.serviceCodes())));
            return offered(protocol, published, applicant.contour()).stream().filter(service -> callable.contains(service.code())).toList();
        }, List::size);
    }

    /**
     * The service whose description is asked for.
     *
     * @param code    may be missing, which is refused
     * @param version if one is named, the caller's contour must serve it; else the newest is meant
     */
    public Answer<Offered> described(Call call, Protocol protocol, Collection<? extends PublishedServices> published, Optional<String> code, Optional<String> version) {
        return exchange.answerApplicant(call, VERSION, applicant -> {
            String named = code.filter(text -> !text.isBlank()).orElseThrow(() -> Refusal.of(MetaserviceRefusal.SERVICE_CODE_MISSING, "serviceCode"));
            List<Offered> versions = offered(protocol, published, applicant.contour()).stream().filter(offered -> offered.code().equals(named)).toList();
            if (versions.isEmpty()) {
                throw Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "serviceCode");
            }
            return versions.stream().filter(offered -> version.filter(text -> !text.isBlank() && !text.equals(offered.version())).isEmpty()).findFirst()
                    .orElseThrow(() -> Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "serviceVersion"));
        }, value -> 1);
    }

    /** Members and subsystems that take part where this installation serves: ourselves, and everybody connected. */
    public List<ClientView> listClients(Optional<String> instance) {
        if (instance.filter(asked -> !asked.equals(installation.instance())).isPresent()) {
            return List.of();
        }
        List<Contour> served = Arrays.stream(Contour.values()).filter(installation::serves).toList();
        Set<ClientView> clients = new LinkedHashSet<>();
        XRoadClient ourselves = new XRoadClient(installation.instance(), installation.memberClass(), installation.memberCode(), "");
        clients.add(new ClientView(ourselves, installation.memberName(), Optional.empty()));
        clients.add(new ClientView(new XRoadClient(ourselves.instance(), ourselves.memberClass(), ourselves.memberCode(), installation.subsystemCode()),
                installation.memberName(), Optional.of(installation.subsystemCode())));
        for (MetaserviceStore.Row row : store.clients(served, CLIENTS_MAX)) {
            clients.add(new ClientView(row.member(), row.name(), Optional.empty()));
            row.subsystemCode().ifPresent(code -> clients.add(new ClientView(
                    new XRoadClient(row.member().instance(), row.member().memberClass(), row.member().memberCode(), code), row.name(), row.subsystemName())));
        }
        return new ArrayList<>(clients);
    }

    /** By code; the newest version first. */
    private List<Offered> offered(Protocol protocol, Collection<? extends PublishedServices> published, Contour contour) {
        Map<String, List<String>> versions = new TreeMap<>();
        Map<String, List<String>> served = catalogue.services().stream().collect(Collectors.toMap(ServiceView::code, service -> service.served().get(contour)));
        for (PublishedServices each : published) {
            if (each.protocol() == protocol && !each.metaservices()) {
                each.serviceCodes().forEach(code -> versions.put(code, each.versionForApplicants().map(List::of)
                        .orElseGet(() -> served.getOrDefault(code, List.of()).stream().filter(version -> ImplementedVersions.isOf(version, each.majorVersions())).toList())));
            }
        }
        return versions.entrySet().stream().flatMap(service -> service.getValue().stream().map(version -> new Offered(service.getKey(), version))).toList();
    }

    private Set<String> callable(Applicant applicant) {
        Set<String> passing = connections.of(applicant.participant(), applicant.contour()).stream().filter(connection -> connection.state().passesCalls())
                .map(ConnectionView::procedure).collect(Collectors.toSet());
        return catalogue.servicesOf(applicant.subsystem(), applicant.contour()).stream().filter(service -> passing.contains(service.procedure()))
                .map(ServiceView::code).collect(Collectors.toSet());
    }
}
