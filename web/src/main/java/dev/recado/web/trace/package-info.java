/** Where a job's trace begins: {@link dev.recado.web.trace.TracedRequests}. */
@NullMarked
package dev.recado.web.trace;

import org.jspecify.annotations.NullMarked;
