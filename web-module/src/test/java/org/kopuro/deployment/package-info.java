/**
 * Tests of the built archive on the application server, from outside. One deployment serves them all: each interface is a
 * situation whose methods are sentences, and {@link org.kopuro.deployment.BuiltArchiveDeploymentIT} is all of them.
 */
package org.kopuro.deployment;
