/**
 * This installation: its settings, its clock, its database connection and the state of its schema.
 *
 * <h2>Concepts</h2>
 * Settings come from MicroProfile Config, so that {@code KOPURO_DB_URL} in the environment and {@code kopuro.db.url} in a
 * file are the same key. The clock is injected everywhere; here alone the system clock is read.
 *
 * <h2>Package specification</h2>
 * Nothing works before the migrations have run: a bean that needs the database at start depends on {@code Migrations}.
 * Several nodes may start at once; Flyway lets one migrate and the others wait.
 *
 * <p>What fails when its moment has come is a {@link org.kopuro.installation.Setback}: it waits ever longer, in sight of staff, and nothing behind it waits for it.
 *
 * <h2>Design notes</h2>
 * Stores say what JPA cannot say well through {@link org.kopuro.installation.Sql}: conversions stand in one place, and every failure is a
 * {@link org.kopuro.installation.SqlFailure} with the driver's exception as its cause.
 *
 * <p>The schema's owner migrates, the application's role works: with an operator's database they may be the same role.
 */
package org.kopuro.installation;
