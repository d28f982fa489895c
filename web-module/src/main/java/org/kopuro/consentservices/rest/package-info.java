/** The consent services over X-Road REST: translates between JSON and the facade, decides nothing. The JSON has the names of the SOAP schema. */
package org.kopuro.consentservices.rest;
