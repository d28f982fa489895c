package org.kopuro.exchange.soap;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.metaservices.MetaserviceRefusal;
import org.kopuro.exchange.metaservices.OperationalData;
import org.kopuro.exchange.metaservices.RecordCriteria;
import org.kopuro.exchange.operations.OperationFilter;
import org.kopuro.exchange.operations.Operations;
import org.kopuro.exchange.operations.ServiceHealth;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Refusal;
import org.w3c.dom.Element;

/** The messages of X-Road's operational monitoring protocol, as trees. */
final class OperationalMessages {

    static final String DATA = "getSecurityServerOperationalData";
    static final String HEALTH = "getSecurityServerHealthData";
    static final String RECORDS_TYPE = "application/gzip";
    static final String RECORDS_ID = "operational-monitoring-data.json.gz";

    private static final String NAMESPACE = Namespaces.OPERATIONAL_MONITORING;
    private static final long SECONDS_MAX = Instant.parse("9999-12-31T00:00:00Z").getEpochSecond();

    private OperationalMessages() {
    }

    /** Refuses what is not understood, rather than answering something else than was asked. */
    static RecordCriteria criteria(Element asked) {
        requireOnly(asked, "searchCriteria", "outputSpec");
        Element search = one(asked, "searchCriteria").orElseThrow(() -> invalid("searchCriteria"));
        requireOnly(search, "recordsFrom", "recordsTo", "client");
        Set<String> fields = new TreeSet<>();
        Optional<Element> output = one(asked, "outputSpec");
        output.ifPresent(spec -> {
            requireOnly(spec, "outputField");
            for (Element field : Dom.children(spec)) {
                if (!OperationFilter.FIELDS.contains(text(field))) {
                    throw invalid("outputField");
                }
                fields.add(text(field));
            }
        });
        return new RecordCriteria(second(search, "recordsFrom"), second(search, "recordsTo"), one(search, "client").map(OperationalMessages::client), fields);
    }

    static Optional<XRoadClient> provider(Element asked) {
        requireOnly(asked, "filterCriteria");
        return one(asked, "filterCriteria").map(filter -> {
            requireOnly(filter, "client");
            return client(one(filter, "client").orElseThrow(() -> invalid("client")));
        });
    }

    static Element answer(OperationalData data) {
        Element answer = payload(DATA);
        append(answer, "recordsCount", data.count());
        append(answer, "records", "cid:" + RECORDS_ID);
        data.next().ifPresent(next -> append(answer, "nextRecordsFrom", next.getEpochSecond()));
        return answer;
    }

    static Element answer(List<ServiceHealth> health, Installation installation) {
        Element answer = payload(HEALTH);
        Dom.declare(answer, "id", Namespaces.IDENTIFIERS);
        append(answer, "monitoringStartupTimestamp", ManagementFactory.getRuntimeMXBean().getStartTime());
        append(answer, "statisticsPeriodSeconds", Operations.HEALTH_PERIOD.toSeconds());
        Element all = Dom.append(answer, NAMESPACE, "om:servicesEvents");
        for (ServiceHealth each : health) {
            Element events = Dom.append(all, NAMESPACE, "om:serviceEvents");
            Element service = Dom.append(events, NAMESPACE, "om:service");
            service.setAttributeNS(Namespaces.IDENTIFIERS, "id:objectType", "SERVICE");
            Dom.append(service, Namespaces.IDENTIFIERS, "id:xRoadInstance", installation.instance());
            Dom.append(service, Namespaces.IDENTIFIERS, "id:memberClass", installation.memberClass());
            Dom.append(service, Namespaces.IDENTIFIERS, "id:memberCode", installation.memberCode());
            Dom.append(service, Namespaces.IDENTIFIERS, "id:subsystemCode", installation.subsystemCode());
            Dom.append(service, Namespaces.IDENTIFIERS, "id:serviceCode", each.service());
            each.lastSuccess().ifPresent(at -> append(events, "lastSuccessfulRequestTimestamp", at.toEpochMilli()));
            each.lastFailure().ifPresent(at -> append(events, "lastUnsuccessfulRequestTimestamp", at.toEpochMilli()));
            Element statistics = Dom.append(events, NAMESPACE, "om:lastPeriodStatistics");
            append(statistics, "successfulRequestCount", each.successes());
            append(statistics, "unsuccessfulRequestCount", each.failures());
            each.duration().ifPresent(spread -> append(statistics, spread, "request", "Duration"));
            each.requestSize().ifPresent(spread -> append(statistics, spread, "request", "Size"));
            each.responseSize().ifPresent(spread -> append(statistics, spread, "response", "Size"));
        }
        return answer;
    }

    private static void append(Element statistics, ServiceHealth.Spread spread, String of, String what) {
        append(statistics, of + "Min" + what, spread.min());
        append(statistics, of + "Average" + what, spread.average());
        append(statistics, of + "Max" + what, spread.max());
        append(statistics, of + what + "StdDev", spread.deviation());
    }

    private static void append(Element parent, String name, Object value) {
        Dom.append(parent, NAMESPACE, "om:" + name, value.toString());
    }

    private static Element payload(String name) {
        Element payload = Dom.append(Answers.emptyBody(), NAMESPACE, "om:" + name + "Response");
        Dom.declare(payload, "om", NAMESPACE);
        return payload;
    }

    private static void requireOnly(Element parent, String... names) {
        for (Element child : Dom.children(parent)) {
            if (!NAMESPACE.equals(child.getNamespaceURI()) || !Set.of(names).contains(child.getLocalName())) {
                throw invalid(child.getLocalName());
            }
        }
    }

    private static Optional<Element> one(Element parent, String name) {
        List<Element> found = Dom.children(parent, NAMESPACE, name);
        if (found.size() > 1) {
            throw invalid(name);
        }
        return found.stream().findFirst();
    }

    private static Instant second(Element parent, String name) {
        String text = one(parent, name).map(OperationalMessages::text).orElse("");
        if (!text.matches("[0-9]{1,12}") || Long.parseLong(text) > SECONDS_MAX) {
            throw invalid(name);
        }
        return Instant.ofEpochSecond(Long.parseLong(text));
    }

    private static XRoadClient client(Element client) {
        String subsystem = part(client, "subsystemCode");
        XRoadClient read = new XRoadClient(part(client, "xRoadInstance"), part(client, "memberClass"), part(client, "memberCode"), subsystem);
        if (read.instance().isEmpty() || read.memberClass().isEmpty() || read.memberCode().isEmpty()) {
            throw invalid("client");
        }
        return read;
    }

    private static String part(Element client, String name) {
        List<Element> found = Dom.children(client, Namespaces.IDENTIFIERS, name);
        if (found.size() > 1) {
            throw invalid("client");
        }
        return found.isEmpty() ? "" : text(found.get(0));
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    private static Refusal invalid(String field) {
        return Refusal.of(MetaserviceRefusal.CRITERIA_INVALID, field, field);
    }
}
