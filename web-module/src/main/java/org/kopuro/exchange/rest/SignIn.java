package org.kopuro.exchange.rest;

import jakarta.annotation.security.DeclareRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import org.kopuro.accounts.Role;

/** People's programs sign in with each request; nothing is remembered between requests, so any node can answer any of them. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "Kopuro")
@DeclareRoles({Role.NAME_OF_TAXPAYER, Role.NAME_OF_PARTICIPANT, Role.NAME_OF_NODE_ADMINISTRATOR, Role.NAME_OF_OPERATIONAL_CONTACT, Role.NAME_OF_BANK_OPERATOR, Role.NAME_OF_BANK_CONTROLLER,
    Role.NAME_OF_REGULATOR, Role.NAME_OF_METHODOLOGY_OWNER, Role.NAME_OF_AUDITOR, Role.NAME_OF_OFFICIALS})
public class SignIn {
}
