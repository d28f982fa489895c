package org.kopuro.exchange.soap;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.cxf.BusFactory;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ImplementedVersions;
import org.kopuro.kernel.Refusal;

/**
 * Everything under {@code /soap}: publishes the endpoints found by CDI, serves their contracts, lets calls in through the
 * {@link Door} and hands them to CXF for binding and dispatch. Whatever goes wrong leaves as a SOAP Fault with status 500.
 */
@WebServlet(urlPatterns = "/soap/*", loadOnStartup = 1)
public class SoapServlet extends CXFNonSpringServlet {

    private final transient Map<String, SoapEndpoint> endpoints = new HashMap<>();

    @Inject
    @Any
    private transient Instance<SoapEndpoint> published;
    @Inject
    private transient Door door;
    @Inject
    private transient Answers answers;
    @Inject
    private transient FaultDesk faults;
    @Inject
    private transient ImplementedVersions implemented;

    @Override
    protected void loadBus(ServletConfig config) {
        super.loadBus(config);
        BusFactory.setDefaultBus(getBus());
        for (SoapEndpoint endpoint : published) {
            endpoints.put(endpoint.address(), endpoint);
            implemented.add(endpoint.serviceCodes(), endpoint.majorVersions());
            if (endpoint instanceof MetaserviceEndpoint) {
                continue; // Writes its answers itself.
            }
            EndpointImpl jaxws = new EndpointImpl(getBus(), endpoint);
            jaxws.publish(endpoint.address());
            Interceptors.install(jaxws.getServer().getEndpoint(), answers, faults);
        }
    }

    @Override
    protected void invoke(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        SoapEndpoint endpoint = endpoints.get(request.getPathInfo());
        if (endpoint != null && !(endpoint instanceof MetaserviceEndpoint) && isForContract(request)) {
            super.invoke(request, response);
            return;
        }
        try (SoapCall call = new SoapCall(Optional.ofNullable(request.getHeader("Accept-Language")))) {
            try {
                if (endpoint == null) {
                    throw Refusal.of(MessageRefusal.ENDPOINT_UNKNOWN, "URL");
                }
                call.arrivedAt(endpoint);
                Optional<Refusal> objection = door.enter(request, call, endpoint);
                if (!PayloadName.settle(call.message().orElseThrow(), endpoint) || namesAnotherVersion(call, endpoint)) {
                    objection = Optional.of(Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "xrd:service"));
                }
                if (objection.isPresent()) {
                    throw objection.get();
                }
                if (endpoint instanceof MetaserviceEndpoint metaservices) {
                    metaservices.answer(call, response);
                    return;
                }
                call.attachments().requireReferences(call.message().orElseThrow().payload(), endpoint);
                request.setAttribute(SoapCall.class.getName(), call);
                super.invoke(request, response);
            } catch (Refusal refusal) {
                faults.refuseMessage(request, response, call, refusal);
            } catch (RuntimeException | ServletException e) {
                faults.fail(response, call, e);
            }
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    /** One that other code than this endpoint's answers, or none does. */
    private static boolean namesAnotherVersion(SoapCall call, SoapEndpoint endpoint) {
        return call.message().orElseThrow().header().service().version().filter(version -> !ImplementedVersions.isOf(version, endpoint.majorVersions())).isPresent();
    }

    private static boolean isForContract(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getMethod().equals("GET") && query != null
                && (query.equalsIgnoreCase("wsdl") || query.startsWith("xsd=") || query.startsWith("wsdl="));
    }
}
