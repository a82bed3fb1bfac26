/** What happens to a job, told while it happens: Server-Sent Events. */
@NullMarked
package dev.recado.web.stream;

import org.jspecify.annotations.NullMarked;
