package org.kopuro.participants;

/** How a participant's software spells X-Road fault codes: CamelCase up to X-Road 7.7, snake_case from 7.8. */
public enum FaultDialect {
    CAMEL_CASE, SNAKE_CASE
}
