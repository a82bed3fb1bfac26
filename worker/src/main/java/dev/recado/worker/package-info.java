/** The worker: {@link dev.recado.worker.WorkerApp} puts it together. */
@NullMarked
package dev.recado.worker;

import org.jspecify.annotations.NullMarked;
