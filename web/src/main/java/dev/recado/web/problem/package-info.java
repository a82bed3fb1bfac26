/**
 * Everything that is not the answer asked for: problem documents (RFC 9457) with stable codes,
 * whoever found the problem.
 */
@NullMarked
package dev.recado.web.problem;

import org.jspecify.annotations.NullMarked;
