package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.accounts.ConnectionCredential;
import org.kopuro.testing.TestCertificates;

/** What of a request is taken for a proof of who sends it. */
class SigningInTest {

    private static final X509Certificate CERTIFICATE = TestCertificates.elliptic(Clock.systemUTC().instant()).certificate();

    private final List<String> shown = new ArrayList<>();
    private String challenge = "";

    @ParameterizedTest
    @ValueSource(strings = {"/loans", "/loans/1/approve", "/loan-imports", "/loan-imports/1", "/loan-exports", "/loan-rankings", "/loan-templates/xlsx", "/programmes", "/programmes/279/rule-sets"})
    void theCertificateOfTheConnectionCountsWhereLoansAre(String path) {
        assertEquals("CERTIFICATE → SUCCESS", signIn(path, null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/access/accounts/1/secrets", "/tokens", "/loansome", "/programmes2", "/admin/loans", "/loan-"})
    void itCountsNowhereElse(String path) {
        assertEquals(" → SEND_FAILURE Basic realm=\"Kopuro\"", signIn(path, null, true));
    }

    @Test
    void aHeaderWinsOverTheCertificate() {
        assertEquals("bank:se:cret → SUCCESS", signIn("/loans", basic("bank:se:cret"), true));
        assertEquals("nobody:x → SEND_FAILURE Basic realm=\"Kopuro\"", signIn("/loans", basic("nobody:x"), true));
        assertEquals(" → SEND_FAILURE Basic realm=\"Kopuro\"", signIn("/loans", "Bearer x", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic ***", "basic YTpi", "Basic YQ==", "Basic OmE=", "Negotiate YTpi"})
    void whatIsNoLoginAndPasswordIsNobody(String header) {
        assertEquals(" → SEND_FAILURE Basic realm=\"Kopuro\"", signIn("/tokens", header, false));
    }

    @Test
    void nobodyIsAskedWhereAnybodyMayCome() {
        assertEquals(" → NOT_DONE", signIn("open", null, false));
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String signIn(String path, String header, boolean certificate) {
        shown.clear();
        challenge = "";
        Map<String, Object> answers = Map.of("getServletPath", "/api/v1", "getPathInfo", path);
        HttpServletRequest request = proxy(HttpServletRequest.class, (name, arguments) -> name.equals("getHeader") ? header
                : name.equals("getAttribute") ? certificate ? new X509Certificate[] {CERTIFICATE} : null : answers.get(name));
        HttpServletResponse response = proxy(HttpServletResponse.class, (name, arguments) -> {
            challenge = " " + arguments[1];
            return null;
        });
        HttpMessageContext context = proxy(HttpMessageContext.class, (name, arguments) -> switch (name) {
            case "isProtected" -> !path.equals("open");
            case "notifyContainerAboutLogin" -> AuthenticationStatus.SUCCESS;
            case "responseUnauthorized" -> AuthenticationStatus.SEND_FAILURE;
            default -> AuthenticationStatus.NOT_DONE;
        });
        IdentityStoreHandler stores = proxy(IdentityStoreHandler.class, (name, arguments) -> validated((Credential) arguments[0]));
        SignIn signIn = new SignIn();
        try {
            Field field = SignIn.class.getDeclaredField("stores");
            field.setAccessible(true);
            field.set(signIn, stores);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        AuthenticationStatus status = signIn.validateRequest(request, response, context);
        return String.join("", shown) + " → " + status + challenge;
    }

    private CredentialValidationResult validated(Credential credential) {
        if (credential instanceof UsernamePasswordCredential password) {
            shown.add(password.getCaller() + ":" + password.getPasswordAsString());
            return password.getCaller().equals("bank") ? new CredentialValidationResult("bank") : CredentialValidationResult.INVALID_RESULT;
        }
        shown.add(credential instanceof ConnectionCredential ? "CERTIFICATE" : "?");
        return new CredentialValidationResult("subsystem");
    }

    private static <T> T proxy(Class<T> type, Answering answering) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answering.answer(method.getName(), arguments)));
    }

    private interface Answering {
        Object answer(String name, Object[] arguments);
    }
}
