/** What a user of CXF and WSS4J would build by their documentation: the yardstick, not a model. */
package org.kopuro.bench.peer;
