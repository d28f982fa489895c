/** Connections, agreements, access rights, the service catalogue, requests, and what both sides announce and report, over REST. */
package org.kopuro.access.rest;
