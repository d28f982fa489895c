/** Connections, agreements, access rights and the service catalogue over REST. */
package org.kopuro.access.rest;
