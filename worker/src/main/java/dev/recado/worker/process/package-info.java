/** What each kind of job asks the model: {@link dev.recado.worker.process.TextProcessor}. */
@NullMarked
package dev.recado.worker.process;

import org.jspecify.annotations.NullMarked;
