/** Whether this node can answer calls. */
package org.kopuro.installation.rest;
