package org.kopuro.conformance;

import org.kopuro.verify.WrongUse;

/** How a scenario is played and judged: whatever the scene notes fails it. */
@FunctionalInterface
interface Play {

    void on(Scene scene) throws WrongUse, InterruptedException;
}
