/**
 * What {@code recado submit} does: a {@link dev.recado.app.submit.TextRun} leaves texts and brings
 * their answers, a {@link dev.recado.app.submit.BatchRun} does so with a file of requests.
 */
@NullMarked
package dev.recado.app.submit;

import org.jspecify.annotations.NullMarked;
