package org.kopuro.accounts;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Jakarta Security's view of local accounts; OpenID Connect will stand beside it. */
@ApplicationScoped
class LocalAccounts implements IdentityStore {

    @Inject
    private Accounts accounts;

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential password)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        return accounts.signIn(password.getCaller(), password.getPassword().getValue())
                .map(person -> new CredentialValidationResult(new SignedInPrincipal(person), Set.of(person.role().name())))
                .orElse(CredentialValidationResult.INVALID_RESULT);
    }
}
