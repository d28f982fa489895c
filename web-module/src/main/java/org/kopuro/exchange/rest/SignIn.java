package org.kopuro.exchange.rest;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.kopuro.accounts.ConnectionCredential;
import org.kopuro.accounts.Role;
import org.kopuro.participants.SigningCertificate;

/**
 * People's programs sign in with each request; nothing is remembered between requests, so any node can answer any of them. By login and password or secret (RFC 7617); where loans are, a bank's system
 * also by the certificate of its TLS connection (decision 0038). Whoever says who he is in the header is who that says, whatever the connection shows.
 */
@ApplicationScoped
@DeclareRoles({Role.NAME_OF_TAXPAYER, Role.NAME_OF_PARTICIPANT, Role.NAME_OF_NODE_ADMINISTRATOR, Role.NAME_OF_OPERATIONAL_CONTACT, Role.NAME_OF_BANK_OPERATOR, Role.NAME_OF_BANK_CONTROLLER,
    Role.NAME_OF_REGULATOR, Role.NAME_OF_METHODOLOGY_OWNER, Role.NAME_OF_AUDITOR, Role.NAME_OF_OFFICIALS})
public class SignIn implements HttpAuthenticationMechanism {

    private static final String CHALLENGE = "Basic realm=\"Kopuro\"";
    private static final String SCHEME = "Basic ";
    private static final Pattern BY_CERTIFICATE = Pattern.compile("/api/v1/(loans|loan-[a-z]+|programmes)(/.*)?", Pattern.DOTALL);

    @Inject
    private IdentityStoreHandler stores;

    @Override
    public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        CredentialValidationResult result = shown(request).map(stores::validate).orElse(CredentialValidationResult.NOT_VALIDATED_RESULT);
        if (result.getStatus() == CredentialValidationResult.Status.VALID) {
            return context.notifyContainerAboutLogin(result);
        }
        if (context.isProtected()) {
            response.setHeader("WWW-Authenticate", CHALLENGE);
            return context.responseUnauthorized();
        }
        return context.doNothing();
    }

    private static Optional<Credential> shown(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null && !header.isEmpty()) {
            return password(header);
        }
        return BY_CERTIFICATE.matcher(address(request)).matches() ? certificate(request) : Optional.empty();
    }

    /** As the container has understood it, so that no spelling of an address is another one here than there. */
    private static String address(HttpServletRequest request) {
        return request.getServletPath() + Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    private static Optional<Credential> password(String header) {
        if (!header.startsWith(SCHEME)) {
            return Optional.empty();
        }
        try {
            String[] parts = new String(Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 && !parts[0].isEmpty() ? Optional.of(new UsernamePasswordCredential(parts[0], parts[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Credential> certificate(HttpServletRequest request) {
        if (!(request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain) || chain.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConnectionCredential(SigningCertificate.thumbprintOf(chain[0].getEncoded())));
        } catch (CertificateEncodingException e) {
            return Optional.empty();
        }
    }
}
