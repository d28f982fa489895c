/** The consent services over SOAP: translates between the generated contract and the facade, decides nothing. */
package org.kopuro.consentservices.soap;
