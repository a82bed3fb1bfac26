/**
 * What a job is: its identity, its states with every legal transition, what it asks and how it
 * ends. Start at {@link dev.recado.job.Job}.
 */
@NullMarked
package dev.recado.job;

import org.jspecify.annotations.NullMarked;
