package org.kopuro.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jakarta Security's view of local accounts and of registered certificates; OpenID Connect will stand beside it. */
@ApplicationScoped
class LocalAccounts implements IdentityStore {

    @Inject
    private Accounts accounts;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        Optional<SignedIn> signedIn;
        if (credential instanceof UsernamePasswordCredential password) {
            signedIn = accounts.signIn(password.getCaller(), password.getPassword().getValue());
        } else if (credential instanceof ConnectionCredential connection) {
            signedIn = accounts.signInBy(connection.thumbprint());
        } else {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        return signedIn.map(person -> new CredentialValidationResult(new SignedInPrincipal(person), groups(person)))
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }

    private static Set<String> groups(SignedIn person) {
        return Stream.concat(person.roles().stream().map(Role::name), person.roles().stream().anyMatch(Role.OFFICIALS::contains) ? Stream.of(Role.NAME_OF_OFFICIALS) : Stream.of()).collect(Collectors.toSet());
    }
}
