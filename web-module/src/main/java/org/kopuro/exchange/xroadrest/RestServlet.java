package org.kopuro.exchange.xroadrest;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ImplementedVersions;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.edge.RecordedRefusals;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SigningCertificate;

/** Everything under {@code /r1} and {@code /rest}: lets calls in, form first and proof second, and hands them to the endpoints found by CDI. */
@WebServlet(urlPatterns = {"/r1/*", "/rest/*"}, loadOnStartup = 2)
public class RestServlet extends HttpServlet {

    /** Answers for codes that no endpoint has. */
    private static final RestEndpoint NOBODY = new RestEndpoint() {
        @Override
        public Set<String> serviceCodes() {
            return Set.of();
        }

        @Override
        public Set<String> majorVersions() {
            return Set.of();
        }

        @Override
        public String schema() {
            throw new IllegalStateException();
        }

        @Override
        public Answer<JsonObject> answer(Call call, JsonBody asked) {
            throw Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "xrd:service");
        }
    };

    private final transient Map<String, RestEndpoint> endpoints = new HashMap<>();

    @Inject
    @Any
    private transient Instance<RestEndpoint> published;
    @Inject
    private transient MessageSignature signatures;
    @Inject
    private transient RestAnswers answers;
    @Inject
    private transient RecordedRefusals refusals;
    @Inject
    private transient ImplementedVersions implemented;
    @Inject
    private transient Exchange exchange;
    @Inject
    private transient Installation installation;

    @Override
    public void init() {
        for (RestEndpoint endpoint : published) {
            endpoint.serviceCodes().forEach(code -> endpoints.put(code, endpoint));
            implemented.add(endpoint.serviceCodes(), endpoint.majorVersions());
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RestCall call = new RestCall(request);
        try {
            call.read(installation, code -> endpoint(code).bodyOctetsMax());
            RestEndpoint endpoint = endpoint(call.service().orElseThrow().code());
            if (!request.getMethod().equals(endpoint.metaservices() ? "GET" : "POST")) {
                throw Refusal.of(RestRefusal.INVALID_HTTP_METHOD, request.getMethod());
            }
            identify(call);
            answers.answer(response, call, endpoint, answer(call, endpoint));
        } catch (Refusal refusal) {
            answers.refuseAtTheDoor(response, call, refusal);
        } catch (RuntimeException e) {
            answers.fail(response, call, e);
        }
    }

    private RestEndpoint endpoint(String code) {
        return endpoints.getOrDefault(code, NOBODY);
    }

    private Answer<?> answer(RestCall restCall, RestEndpoint endpoint) {
        Call call = restCall.call().orElseThrow();
        try {
            return endpoint.answer(call, asked(restCall, endpoint));
        } catch (Refusal refusal) {
            return refusals.outright(call, endpoint.versionForApplicants(), refusal);
        }
    }

    private static JsonBody asked(RestCall call, RestEndpoint endpoint) {
        if (endpoint.metaservices()) {
            JsonObjectBuilder query = Json.createObjectBuilder();
            call.request().getParameterMap().forEach((name, values) -> query.add(name, values[0]));
            return JsonBody.of(query.build().toString());
        }
        return JsonBody.of(new String(call.body(), StandardCharsets.UTF_8));
    }

    /** A signature proves most, and is verified wherever there is one; else the connection has to prove who calls, or which Security Server. */
    private void identify(RestCall call) {
        if (MessageSignature.isOn(call)) {
            MessageSignature.Verified verified = signatures.verify(call);
            call.identified(verified.credential(), verified.byEllipticCurve());
            return;
        }
        MessageSignature.checkContentDigest(call);
        byte[] thumbprint = tlsCertificate(call.request()).orElseThrow(() -> Refusal.of(IdentityRefusal.SIGNATURE_MISSING, "Signature"));
        boolean gateway = installation.gatewayMode() && exchange.isGateway(thumbprint);
        call.identified(gateway ? Credential.securityServer(thumbprint) : Credential.connection(thumbprint), false);
    }

    private static Optional<byte[]> tlsCertificate(HttpServletRequest request) {
        if (!(request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain) || chain.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(SigningCertificate.thumbprintOf(chain[0].getEncoded()));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }
}
