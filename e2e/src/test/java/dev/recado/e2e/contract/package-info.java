/** The contract of the packaged program with a worker at work: what no single module can show. */
@NullMarked
package dev.recado.e2e.contract;

import org.jspecify.annotations.NullMarked;
