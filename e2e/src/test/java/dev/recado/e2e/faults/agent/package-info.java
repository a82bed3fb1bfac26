/**
 * A Java agent for the program under test: it makes {@link dev.recado.lifecycle.FailPoint} do what
 * tests order. It runs inside the struck process and knows nothing of the tests' other classes.
 */
@NullMarked
package dev.recado.e2e.faults.agent;

import org.jspecify.annotations.NullMarked;
