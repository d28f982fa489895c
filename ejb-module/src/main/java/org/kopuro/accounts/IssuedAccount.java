package org.kopuro.accounts;

/** An account with a secret that is told now and never again. */
public record IssuedAccount(ApiAccountView account, IssuedSecret secret) {
}
