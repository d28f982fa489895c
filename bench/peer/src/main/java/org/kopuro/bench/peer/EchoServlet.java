package org.kopuro.bench.peer;

import jakarta.annotation.Resource;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.annotation.WebServlet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import javax.security.auth.callback.CallbackHandler;
import javax.sql.DataSource;
import org.apache.cxf.BusFactory;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.apache.cxf.ws.security.SecurityConstants;
import org.apache.cxf.ws.security.tokenstore.MemoryTokenStore;
import org.apache.cxf.ws.security.wss4j.WSS4JInInterceptor;
import org.apache.cxf.ws.security.wss4j.WSS4JOutInterceptor;
import org.apache.wss4j.common.cache.MemoryReplayCache;
import org.apache.wss4j.common.ext.WSPasswordCallback;

/** The same echo twice: {@code /soap/signed} with signature and time-stamp both ways, {@code /soap/plain} without any security. */
@WebServlet(urlPatterns = "/soap/*", loadOnStartup = 1)
public class EchoServlet extends CXFNonSpringServlet {

    private static final String PASSWORD = "bench";

    @Resource(lookup = "java:app/jdbc/peer")
    private transient DataSource database;

    @Override
    protected void loadBus(ServletConfig config) {
        super.loadBus(config);
        BusFactory.setDefaultBus(getBus());
        publish("/plain");
        Endpoint signed = publish("/signed");
        // Else CXF finds the server's own JCache, which answers only in a cluster. In memory is in the peer's favour.
        signed.put(SecurityConstants.TOKEN_STORE_CACHE_INSTANCE, new MemoryTokenStore());
        signed.put(SecurityConstants.TIMESTAMP_CACHE_INSTANCE, new MemoryReplayCache());
        signed.put(SecurityConstants.ENABLE_NONCE_CACHE, "false");
        signed.put(SecurityConstants.ENABLE_SAML_ONE_TIME_USE_CACHE, "false");
        signed.getInInterceptors().add(new WSS4JInInterceptor(settings()));
        Map<String, Object> out = settings();
        out.put("user", "server");
        out.put("signatureKeyIdentifier", "DirectReference");
        out.put("signatureAlgorithm", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        out.put("signatureDigestAlgorithm", "http://www.w3.org/2001/04/xmlenc#sha256");
        out.put("signatureParts", "{Element}{http://schemas.xmlsoap.org/soap/envelope/}Body;"
                + "{Element}{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd}Timestamp");
        signed.getOutInterceptors().add(new WSS4JOutInterceptor(out));
    }

    private Endpoint publish(String address) {
        EndpointImpl endpoint = new EndpointImpl(getBus(), new Echo(database));
        endpoint.publish(address);
        return endpoint.getServer().getEndpoint();
    }

    /** Key and trusted certificate lie in one store, which the driver makes. */
    private static Map<String, Object> settings() {
        Properties store = new Properties();
        store.setProperty("org.apache.wss4j.crypto.provider", "org.apache.wss4j.common.crypto.Merlin");
        store.setProperty("org.apache.wss4j.crypto.merlin.keystore.type", "PKCS12");
        store.setProperty("org.apache.wss4j.crypto.merlin.keystore.password", PASSWORD);
        store.setProperty("org.apache.wss4j.crypto.merlin.keystore.file", Path.of(System.getenv("KOPURO_KEYS"), "peer.p12").toString());
        Map<String, Object> settings = new HashMap<>();
        settings.put("action", "Signature Timestamp");
        settings.put("store", store);
        settings.put("signaturePropRefId", "store");
        settings.put("passwordCallbackRef", (CallbackHandler) callbacks -> ((WSPasswordCallback) callbacks[0]).setPassword(PASSWORD));
        return settings;
    }
}
